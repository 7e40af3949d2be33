import type { Gram } from './gram';

/** Mean and population standard deviation of the cosine over all pairs of different members; null under two members. */
export interface PairMoments {
  readonly mean: number | null;
  readonly sd: number | null;
}

/**
 * Exact moments without going through the pairs. With c the mean row, y the centred rows, u = Yc and t = squared lengths, a
 * cosine is c·c + u_i + u_j + y_i·y_j, and Σu = Σ_j y_i·y_j = 0. So the mean is c·c − Σt/(n(n − 1)), which is (n‖c‖² − 1)/(n − 1) for
 * unit rows, and the squares of what remains sum to 2nΣu² + ‖YᵀY‖² less the diagonal's Σ(2u + t)².
 */
export function pairMoments(gram: Gram): PairMoments {
  const { count, mean, squaredLengths } = gram;
  if (count < 2) return { mean: null, sd: null };
  const ordered = count * (count - 1);
  const offset = -sum(squaredLengths) / ordered;
  const squares =
    gram.kind === 'rows' ? squaresOfPairs(gram, offset) : squaresFromColumns(gram) - ordered * offset ** 2;
  return {
    mean: sumOfSquares(mean) + offset,
    sd: count === 2 ? 0 : Math.sqrt(Math.max(0, squares) / ordered),
  };
}

/** Σ over ordered pairs of (u_i + u_j + y_i·y_j − offset)²; directly, since every pair is at hand. */
function squaresOfPairs(gram: Gram, offset: number): number {
  const { size, values, alongMean } = gram;
  let total = 0;
  for (let i = 0; i < size; i++) {
    const fixed = alongMean[i]! - offset;
    for (let j = i + 1; j < size; j++) total += (fixed + alongMean[j]! + values[i * size + j]!) ** 2;
  }
  return 2 * total;
}

function squaresFromColumns(gram: Gram): number {
  const { count, values, alongMean, squaredLengths } = gram;
  let diagonal = 0;
  for (let i = 0; i < count; i++) diagonal += (2 * alongMean[i]! + squaredLengths[i]!) ** 2;
  return 2 * count * sumOfSquares(alongMean) + sumOfSquares(values) - diagonal;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function sumOfSquares(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value * value;
  return total;
}
