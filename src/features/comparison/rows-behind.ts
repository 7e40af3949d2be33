import type { GoldScores } from '@/core/evaluation/gold-pairs';
import type { LabelledRows, LabelScores } from '@/core/evaluation/label-scores';
import { labelColumns, type ScoreColumn } from '@/core/evaluation/score-words';
import type { SpaceScores } from '@/core/evaluation/space-scores';

interface Scored {
  readonly space: Pick<SpaceScores, 'inListsOf' | 'similarityOf'> | undefined;
  readonly labels: Pick<LabelScores, 'votes' | 'silhouetteOf' | 'closenessOf'> | null | undefined;
}

/** A row is a hub where it is in the ten nearest of so many others: three times as many as on average. */
const hubFrom = 30;

/** Rows that are shown for the mean similarity. */
const mostOutliers = 10;

/** The rows that a score comes from, and what they are; null where labels cannot score any. */
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
    if (column === 'separationAuc')
      return {
        rows: pick(members, (i) => labels.closenessOf[i]! < 0.5),
        what: 'whose pairs of one label are seldom closer than pairs of different ones',
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
  if (column === 'meanSimilarity')
    return { rows: leastAlike(rows, space.similarityOf), what: 'least like the others on average' };
  const isOfLabels = labelColumns.some((name) => name === column);
  return isOfLabels ? null : { rows: Array.from(rows), what: 'that it is measured on' };
}

const outliers = new WeakMap<Float32Array, number[]>();

function leastAlike(rows: Uint32Array, similarityOf: Float32Array): number[] {
  const known = outliers.get(similarityOf);
  if (known !== undefined) return known;
  const places: number[] = [];
  const isBefore = (a: number, b: number) => similarityOf[a]! < similarityOf[b]!;
  for (let place = 0; place < rows.length; place++) {
    if (places.length === mostOutliers && !isBefore(place, places.at(-1)!)) continue;
    let at = places.length;
    while (at > 0 && isBefore(place, places[at - 1]!)) at--;
    places.splice(at, 0, place);
    if (places.length > mostOutliers) places.pop();
  }
  const least = places.map((place) => rows[place]!).sort((a, b) => a - b);
  outliers.set(similarityOf, least);
  return least;
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
  const picked: number[] = [];
  for (let i = 0; i < rows.length; i++) if (isWanted(i)) picked.push(rows[i]!);
  return picked;
}
