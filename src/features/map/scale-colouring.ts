import { countOf } from '@/core/count-of';
import type { MapQuality } from '@/queries/map-quality';
import type { MapStability } from '@/queries/stability';

/** Trust is drawn from here to 1, whatever the map. */
const leastTrust = 0.4;

/** How far the place of each row can be believed. */
export function trustScale({ trustOfRow, sampled, points }: MapQuality) {
  return {
    shares: trustOfRow.map((trust) => clamp((trust - leastTrust) / (1 - leastTrust))),
    ends: [`≤ ${leastTrust}`, '1'] as const,
    wordsAt: (place: number) => (leastTrust + place * (1 - leastTrust)).toFixed(2),
    about: 'How far a row’s nearest on the map are its nearest in the vectors. Always drawn from 0.4 to 1.',
    without: {
      count: countNowhere(trustOfRow),
      why: sampled < points ? 'not looked at' : 'not measured',
    },
  };
}

/** What each row keeps of its nearest with other seeds. */
export function stabilityScale({ keptOfRow, mean, wandering, k, seeds }: MapStability) {
  const wander = countOf(wandering.length, 'row');
  return {
    shares: keptOfRow,
    ends: ['0', '1'] as const,
    wordsAt: (place: number) => place.toFixed(2),
    about: `Share of a row’s ${k} nearest on the map that stay near with ${seeds} other seeds: ${mean.toFixed(2)} on average. ${wandering.length === 0 ? 'No row wanders from its' : wandering.length === 1 ? '1 row wanders from its' : `${wander} wander from their`} neighbours.`,
    without: { count: countNowhere(keptOfRow), why: 'no vector' },
    ...(wandering.length === 0
      ? {}
      : { rows: { name: `${wander} that wander${wandering.length === 1 ? 's' : ''}`, rows: wandering } }),
  };
}

/** How alike each row is to the pinned one. */
export function similarityScale(percentiles: Float32Array, pinned: number) {
  return {
    shares: percentiles.map((percentile) => percentile / 100),
    ends: ['0', '100 %'] as const,
    wordsAt: (place: number) => `${(100 * place).toFixed(1)} %`,
    about: `Share of all pairs that are less alike than a row is to row ${pinned}.`,
    without: { count: countNowhere(percentiles), why: 'no vector' },
  };
}

/** What two runs share of each row’s nearest. */
export function agreementScale(
  rows: Uint32Array,
  perRow: Float32Array,
  k: number,
  rowCount: number,
  name: string,
) {
  const shares = new Float32Array(rowCount).fill(Number.NaN);
  rows.forEach((row, i) => {
    shares[row] = perRow[i]!;
  });
  return {
    shares,
    ends: ['0', '1'] as const,
    wordsAt: (place: number) => place.toFixed(2),
    about: `Share of a row’s ${k} nearest that ${name} has among its ${k} nearest too.`,
    without: { count: countNowhere(shares), why: 'a repeated text, or no vector in both' },
  };
}

function countNowhere(values: Float32Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
}

/** To 0 to 1; NaN stays NaN. */
function clamp(share: number): number {
  return share < 0 ? 0 : share > 1 ? 1 : share;
}
