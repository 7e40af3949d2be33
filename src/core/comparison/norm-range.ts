/** Euclidean lengths of vectors as they came. */
export interface NormRange {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** The lengths of some rows' vectors; rows without a vector (length 0) are left out, null where none has one. */
export function normRange(norms: Float32Array, members: Uint32Array): NormRange | null {
  const lengths = Float32Array.from(members, (row) => norms[row]!)
    .filter((length) => length > 0)
    .sort();
  const count = lengths.length;
  if (count === 0) return null;
  const median = (lengths[(count - 1) >> 1]! + lengths[count >> 1]!) / 2;
  return { least: lengths[0]!, median, most: lengths[count - 1]! };
}
