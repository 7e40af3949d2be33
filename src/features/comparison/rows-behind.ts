import type { GoldScores } from '@/core/evaluation/gold-pairs';
import type { LabelledRows, LabelScores } from '@/core/evaluation/label-scores';
import type { ScoreColumn } from '@/core/evaluation/score-words';
import type { SpaceScores } from '@/core/evaluation/space-scores';

interface Scored {
  readonly space: Pick<SpaceScores, 'inListsOf'> | undefined;
  readonly labels: Pick<LabelScores, 'votes' | 'silhouetteOf'> | null | undefined;
}

/** A row is a hub where it is in the ten nearest of so many others: three times as many as on average. */
const hubFrom = 30;

/** The rows that a score comes from, and what they are; null where it is not a matter of single rows. */
export function rowsBehind(
  column: ScoreColumn,
  { space, labels }: Scored,
  labelled: LabelledRows | null,
  rows: Uint32Array,
): { rows: number[]; what: string } | null {
  if (labelled !== null && labels != null) {
    const { members, classOf } = labelled;
    if (column === 'knnAccuracy' || column === 'knnMacroF1')
      return {
        rows: pick(members, (i) => labels.votes[i] !== classOf[i]),
        what: 'whose nearest name another label',
      };
    if (column === 'silhouette')
      return {
        rows: pick(members, (i) => labels.silhouetteOf[i]! < 0),
        what: 'nearer to another label than to their own',
      };
  }
  if (space === undefined) return null;
  if (column === 'hubness')
    return {
      rows: pick(rows, (i) => space.inListsOf[i]! >= hubFrom),
      what: `in ${hubFrom} or more lists of ten nearest`,
    };
  if (column === 'antiHubs')
    return { rows: pick(rows, (i) => space.inListsOf[i] === 0), what: 'in no list of ten nearest' };
  return null;
}

/** The most pairs whose texts are selected where a score contradicts judgements. */
const mostPairs = 10;

/** The rows of the judged pairs that a run's cosines contradict most: on the wrong side of its best cut-off, or ranked farthest from their score. */
export function contradictingRows(
  { against, cutOff }: Pick<GoldScores, 'against' | 'cutOff'>,
  pairRows: Uint32Array,
): { rows: number[]; what: string } {
  const shown = cutOff === null ? against.subarray(0, mostPairs) : against;
  const rows = [
    ...new Set(Array.from(shown).flatMap((pair) => [pairRows[2 * pair]!, pairRows[2 * pair + 1]!])),
  ];
  rows.sort((a, b) => a - b);
  return {
    rows,
    what:
      cutOff === null
        ? `the texts of the ${shown.length} pairs whose rank by cosine is farthest from their score’s`
        : 'the texts of pairs on the wrong side of the best cut-off',
  };
}

function pick(rows: Uint32Array, isWanted: (i: number) => boolean): number[] {
  return Array.from(rows).filter((_, i) => isWanted(i));
}
