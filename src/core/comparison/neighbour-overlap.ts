export interface NeighbourOverlap {
  /** The list length compared: the k asked for, or less where n is small. */
  readonly k: number;
  /** Share of common neighbours a row, 0 to 1; NaN where none can be compared. */
  readonly perRow: Float32Array<ArrayBuffer>;
  readonly mean: number | null;
  /** What two lists drawn at random have in common on average: k/(n − 1). */
  readonly chance: number | null;
  /** (mean − chance)/(1 − chance): 1 for equal lists, 0 for chance. */
  readonly corrected: number | null;
  /** Whole sentences: what was changed, or why there is no number. */
  readonly notes: string[];
}

/**
 * overlap@k of two runs: the share of each row's k nearest neighbours that both have. Both lists must come from the same
 * rows; k is at most (n − 1)/2, and a k above n/10 is noted. The inputs are only read.
 * @throws RangeError when the lists do not fit or are shorter than k
 */
export function neighbourOverlap(request: {
  /** count × listLength ids, nearest first, the row itself excluded; −1 counts as no neighbour. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** n, the number of rows. */
  readonly count: number;
  readonly k: number;
  /** Ids a row in both arrays; the first k are compared. */
  readonly listLength: number;
}): NeighbourOverlap {
  const { a, b, count, listLength } = request;
  if (a.length !== count * listLength || b.length !== count * listLength) {
    throw new RangeError(`Neighbour lists do not fit ${count} rows of ${listLength}`);
  }
  const k = Math.min(request.k, Math.max(0, Math.floor((count - 1) / 2)));
  const perRow = new Float32Array(count).fill(Number.NaN);
  if (k < 1) {
    const notes = ['Fewer than three rows have no neighbours to compare.'];
    return { k: 0, perRow, mean: null, chance: null, corrected: null, notes };
  }
  if (k > listLength) throw new RangeError(`Lists of ${listLength} neighbours are too short for k = ${k}`);

  const highest = a.reduce((max, id) => Math.max(max, id), 0);
  /** seenIn[id] is 1 + the last row whose list in `a` held it. */
  const seenIn = new Uint32Array(highest + 1);
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const first = row * listLength;
    for (let j = first; j < first + k; j++) {
      if (a[j]! >= 0) seenIn[a[j]!] = row + 1;
    }
    let common = 0;
    for (let j = first; j < first + k; j++) {
      if (b[j]! >= 0 && seenIn[b[j]!] === row + 1) common++;
    }
    perRow[row] = common / k;
    sum += common;
  }
  const mean = sum / (count * k);
  const chance = k / (count - 1);
  return {
    k,
    perRow,
    mean,
    chance,
    corrected: (mean - chance) / (1 - chance),
    notes: noteSize(request.k, k, count),
  };
}

function noteSize(asked: number, k: number, count: number): string[] {
  const notes: string[] = [];
  if (k < asked) {
    notes.push(
      `k was reduced from ${asked} to ${k}, half of the other rows, because there are only ${count} rows.`,
    );
  }
  if (k > count / 10) {
    notes.push(`k = ${k} is large for ${count} rows: even random lists share ${percent(k / (count - 1))}.`);
  }
  return notes;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
