import type { LayoutQuality } from '@/core/projection/map-quality';

type Layout = Pick<LayoutQuality, 'trustworthiness'>;

interface Trust {
  readonly map: Layout;
  readonly pca: Layout;
  readonly shuffled: Layout;
}

/** What it was measured over. */
interface Basis {
  readonly k: number;
  readonly sampled: number;
  readonly points: number;
}

/** How far a map can be believed in a few words, with its yardsticks. */
export function describeTrust({ map, pca, shuffled }: Trust): string {
  const of = ({ trustworthiness }: Layout) =>
    trustworthiness === null ? 'not known' : trustworthiness.toFixed(2);
  if (map.trustworthiness === null) return 'Trust not known: too few different texts';
  return `Trust ${of(map)} · PCA ${of(pca)} · random ${of(shuffled)}`;
}

/** What the numbers are, and from which rows. */
export function explainTrust({ k, sampled, points }: Basis): string {
  const sample =
    sampled === points
      ? ''
      : ` From ${sampled.toLocaleString('en')} of ${points.toLocaleString('en')} points, by chance.`;
  return `Trustworthiness at ${k}: 1 where the ${k} nearest points on the map are nearest in the vectors too.${sample}`;
}
