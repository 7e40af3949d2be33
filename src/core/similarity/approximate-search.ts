import { countOf } from '@/core/count-of';
import { seededRandom, shuffle } from '@/core/random';
import type { Partitioning } from './scan-partitions';

/** How many of the true nearest rows an approximate search found, on rows chosen by chance. */
export interface NeighbourRecall {
  /** 0 to 1. */
  readonly value: number;
  /** Rows whose true nearest were looked for. */
  readonly rows: number;
}

/** Multiplications of the largest exact search, n² · d: 50,000 rows of 1,024 numbers. */
export const mostExactWork = 50_000 ** 2 * 1024;
const partitioning: Partitioning = { cuts: 6, bandRows: 1024, seed: 1 };

/** Rounds of following neighbours' neighbours after which a search ends, and the share of new entries at which it ends before. */
export const refinement = { rounds: 4, settledShare: 0.01 };

const recallRows = 200;

/** How an approximate search of the members goes; null where all pairs are compared. */
export function choosePartitioning(
  memberCount: number,
  dims: number,
  exactWork = mostExactWork,
): Partitioning | null {
  return memberCount ** 2 * dims <= exactWork ? null : partitioning;
}

/** Positions of the members by which recall is measured, ascending, always the same. The caller owns the array. */
export function recallSample(memberCount: number): Uint32Array<ArrayBuffer> {
  const positions = Uint32Array.from({ length: memberCount }, (_, position) => position);
  shuffle(positions, seededRandom(partitioning.seed));
  return positions.slice(0, recallRows).sort();
}

/**
 * Share of the true nearest that were found: a neighbour found counts when its cosine reaches that of the last true one, up to
 * 1e-6, so that one of several equal ones is as good as another. 1 where there are none.
 * @param found of all members, k a row
 * @param exact of the members at `positions`
 */
export function measureRecall(
  found: { readonly similarities: Float32Array },
  exact: { readonly similarities: Float32Array },
  positions: Uint32Array,
  k: number,
): NeighbourRecall {
  let wanted = 0;
  let right = 0;
  positions.forEach((position, i) => {
    const truth = exact.similarities.subarray(i * k, (i + 1) * k).filter((cosine) => !Number.isNaN(cosine));
    const last = truth.at(-1);
    if (last === undefined) return;
    wanted += truth.length;
    for (const cosine of found.similarities.subarray(position * k, position * k + truth.length))
      if (cosine >= last - 1e-6) right++;
  });
  return { value: wanted === 0 ? 1 : right / wanted, rows: positions.length };
}

/** How good an approximate search was, in a sentence; empty for an exact one. Never rounded to all. */
export function describeRecall(recall: NeighbourRecall | null): string {
  if (recall === null) return '';
  const share = recall.value === 1 ? '100' : (Math.floor(recall.value * 1000) / 10).toFixed(1);
  return `Approximate neighbours: ${share} % of the true ones found (${countOf(recall.rows, 'row')} measured).`;
}
