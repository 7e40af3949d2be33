import { countOf } from '@/core/count-of';
import type { Clusters } from '@/queries/clusters';

/** How many clusters there are, and how many rows are in none and why, as sentences. */
export function describeClusters({
  count,
  sizes,
  noise,
}: Pick<Clusters, 'count' | 'sizes' | 'noise'>): string {
  const inOne = sizes.reduce((sum, size) => sum + size, 0);
  const inNone = noise.alone + noise.inSmall + noise.inLoose;
  const reasons = [
    { rows: noise.alone, why: 'no other row’s mutual neighbour' },
    { rows: noise.inSmall, why: 'in groups under five' },
    { rows: noise.inLoose, why: 'in groups that hold together no better than shuffled vectors' },
  ]
    .filter(({ rows }) => rows > 0)
    .map(({ rows, why }) => `${rows.toLocaleString('en')} ${why}`);
  const rest =
    inNone === 0 ? 'None is left out.' : `${countOf(inNone, 'row')} in none: ${reasons.join(', ')}.`;
  if (count === 0) return `No clusters. ${rest}`;
  return `${countOf(count, 'cluster')} of ${countOf(inOne, 'row')}. ${rest}`;
}

/** Position of a resolution on a slider whose steps are equal factors, and back; two decimals are kept. */
export function toSlider(resolution: number): number {
  return Math.log10(resolution);
}
export function fromSlider(place: number): number {
  const resolution = 10 ** place;
  return resolution < 1 ? Math.round(resolution * 100) / 100 : Math.round(resolution * 10) / 10;
}
