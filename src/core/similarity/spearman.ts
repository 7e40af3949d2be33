/** Where `value` would stand among sorted values: before its equals, or after them. */
function placeOf(sorted: Float64Array, value: number, isAfterEquals: boolean): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const isBefore = sorted[middle]! < value || (isAfterEquals && sorted[middle] === value);
    if (isBefore) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Ranks from 1 on, equal values sharing the mean of theirs. The caller owns the array. */
export function averageRanks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return values.map((value) => (placeOf(sorted, value, false) + 1 + placeOf(sorted, value, true)) / 2);
}

/**
 * Spearman's rank correlation of two series of equal length from their average ranks: Pearson's of the ranks. Null where one
 * of them does not vary or there are fewer than two values.
 */
export function correlateRanks(ranksA: Float64Array, ranksB: Float64Array): number | null {
  const mean = (ranksA.length + 1) / 2;
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < ranksA.length; i++) {
    const x = ranksA[i]! - mean;
    const y = ranksB[i]! - mean;
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? null : product / Math.sqrt(squareA * squareB);
}
