import type { LayoutQuality } from '@/core/projection/map-quality';
import type { MapQuality } from '@/queries/map-quality';

/** One measure of a map, and what PCA and chance reach. */
export interface QualityLine {
  readonly name: string;
  readonly value: string;
  readonly beside: string;
  /** The field's name for it, and its definition. */
  readonly definition: string;
}

/** A number from 0 to 1 as `.94`, a negative one as `−.02`. */
function format(value: number | null): string {
  if (value === null) return 'not known';
  const rounded = Math.abs(value).toFixed(2).replace(/^0/, '');
  return value < 0 && Number(rounded) !== 0 ? `−${rounded}` : rounded;
}

type Measure = 'trustworthiness' | 'continuity' | 'globalOrder';

const measures = [
  {
    measure: 'trustworthiness',
    name: 'Neighbours shown are real',
    define: (k: number) =>
      `Trustworthiness at ${k}: 1 where the ${k} nearest points on the map are nearest in the vectors too.`,
  },
  {
    measure: 'continuity',
    name: 'Real neighbours are shown',
    define: (k: number) =>
      `Continuity at ${k}: 1 where the ${k} nearest in the vectors are nearest on the map too.`,
  },
  {
    measure: 'globalOrder',
    name: 'Distances keep their order',
    define: () =>
      'Spearman’s correlation of the distances on the map and in the vectors, over up to 200,000 pairs.',
  },
] as const satisfies readonly { measure: Measure; name: string; define(k: number): string }[];

/** The measures of a map in words and numbers. */
export function describeQuality(quality: MapQuality, isPca: boolean): QualityLine[] {
  const of = (layout: LayoutQuality, measure: Measure) => format(layout[measure]);
  return measures.map(({ measure, name, define }) => {
    const shuffled = `shuffled ${of(quality.shuffled, measure)}`;
    return {
      name,
      value: of(quality.map, measure),
      beside: isPca ? shuffled : `PCA ${of(quality.pca, measure)}, ${shuffled}`,
      definition: define(quality.k),
    };
  });
}

/** The lines of a map that is not measured yet. */
export function describeAwaited(isPca: boolean): Omit<QualityLine, 'definition'>[] {
  return measures.map(({ name }) => ({
    name,
    value: '…',
    beside: isPca ? 'shuffled …' : 'PCA …, shuffled …',
  }));
}

/** On how many rows the numbers rest, where that is not all of them; empty else. */
export function describeSample({ sampled, points }: MapQuality): string {
  if (sampled === points) return '';
  return `From ${sampled.toLocaleString('en')} of ${points.toLocaleString('en')} points, by chance.`;
}
