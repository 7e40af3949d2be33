import type { LayoutQuality } from '@/core/projection/map-quality';
import type { MapQuality } from '@/queries/map-quality';

/** How far a map can be believed in a few words, with its yardsticks. */
export function describeTrust({ map, pca, shuffled }: MapQuality): string {
  const of = ({ trustworthiness }: LayoutQuality) =>
    trustworthiness === null ? 'not known' : trustworthiness.toFixed(2);
  return `Trust ${of(map)} · PCA ${of(pca)} · random ${of(shuffled)}`;
}

/** What the numbers are, and from which rows. */
export function explainTrust({ k, sampled, points }: MapQuality): string {
  const sample =
    sampled === points
      ? ''
      : ` From ${sampled.toLocaleString('en')} of ${points.toLocaleString('en')} points, by chance.`;
  return `Trustworthiness at ${k}: 1 where the ${k} nearest points on the map are nearest in the vectors too.${sample}`;
}
