/** Ranks from 1 on, equal values sharing the mean of theirs. The caller owns the array. */
function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Spearman's rank correlation of two series of equal length: Pearson's of their average ranks. Null where one of them does
 * not vary or there are fewer than two values.
 */
export function spearman(a: Float64Array, b: Float64Array): number | null {
  const ranksA = averageRanks(a);
  const ranksB = averageRanks(b);
  const mean = (a.length + 1) / 2;
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = ranksA[i]! - mean;
    const y = ranksB[i]! - mean;
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? null : product / Math.sqrt(squareA * squareB);
}
