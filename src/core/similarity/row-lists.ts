/** Neighbour lists by dataset rows, as a search of all members finds them. */
export interface RowLists {
  /** members × listLength dataset rows, nearest first; −1 where there are fewer. */
  readonly ids: Int32Array;
  /** members × listLength cosines. */
  readonly similarities: Float32Array;
  readonly listLength: number;
  /** For each dataset row its position among the members. */
  readonly positionOf: Int32Array;
}

/**
 * The first `k` of each list, by position among the members, −1 for none; all of it where the lists are shorter. The arrays are
 * members × k and belong to the caller.
 */
export function takeNearest(
  { ids, similarities, listLength, positionOf }: RowLists,
  k: number,
): { ids: Int32Array<ArrayBuffer>; similarities: Float32Array<ArrayBuffer>; k: number } {
  const width = Math.min(k, listLength);
  const count = listLength === 0 ? 0 : ids.length / listLength;
  const taken = {
    ids: new Int32Array(count * width),
    similarities: new Float32Array(count * width),
    k: width,
  };
  for (let list = 0; list < count; list++) {
    for (let i = 0; i < width; i++) {
      const row = ids[list * listLength + i]!;
      taken.ids[list * width + i] = row < 0 ? -1 : positionOf[row]!;
      taken.similarities[list * width + i] = similarities[list * listLength + i]!;
    }
  }
  return taken;
}
