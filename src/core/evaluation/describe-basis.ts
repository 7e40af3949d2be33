import { countOf } from '@/core/count-of';
import { fewestTellingRows } from '@/core/evaluation/bootstrap';
import type { LabelledRows } from '@/core/evaluation/label-scores';

/** What a scoreboard rests on, in phrases. */
export function describeBasis(
  labelled: Pick<LabelledRows, 'withoutLabel' | 'alone' | 'majority' | 'k'> | null,
  rows: number,
  labelColumn: string | null,
): string {
  if (labelled === null)
    return labelColumn === null
      ? 'No label column, so no score by labels · bars: 95 % intervals'
      : 'Too few rows share a label to score by · bars: 95 % intervals';
  const left = labelled.withoutLabel + labelled.alone;
  const parts = [
    `Against ${labelColumn}, majority ${(100 * labelled.majority).toFixed(1)} %`,
    ...(left > 0 ? [`${countOf(left, 'row')} without a shared label left out`] : []),
    ...(labelled.k < 10 ? [`${countOf(labelled.k, 'neighbour')} vote${labelled.k === 1 ? 's' : ''}`] : []),
    ...(rows < fewestTellingRows ? ['too few rows to tell'] : []),
    'bars: 95 % intervals',
  ];
  return parts.join(' · ');
}
