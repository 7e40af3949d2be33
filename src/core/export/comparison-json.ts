import { type RunRecord, rowPrefixOf } from '@/core/embedding/run';
import type { Estimate } from '@/core/evaluation/bootstrap';

export const scoreNames = [
  'meanSimilarity',
  'sdSimilarity',
  'hubness',
  'effectiveRank',
  'participationRatio',
  'intrinsicDimension',
  'knnAccuracy',
  'knnMacroF1',
  'separationAuc',
  'silhouette',
] as const;

export const pairNames = [
  'overlap',
  'overlapCorrected',
  'jaccard',
  'rbo',
  'rsa',
  'cka',
  'procrustes',
] as const;

export type ScoreName = (typeof scoreNames)[number];
export type PairName = (typeof pairNames)[number];

export interface ComparedPair {
  readonly a: string;
  readonly b: string;
  readonly measures: Readonly<Record<PairName, Estimate>>;
  /** Share of neighbours of each compared row. */
  readonly perRow: ArrayLike<number>;
}

interface Contents {
  /** Dataset rows compared, ascending, out of `rowCount`. */
  readonly rows: Uint32Array;
  readonly rowCount: number;
  readonly k: number;
  readonly runs: readonly RunRecord[];
  readonly scores: ReadonlyMap<string, Readonly<Record<ScoreName, Estimate>>>;
  readonly pairs: readonly ComparedPair[];
  /** Reasons and remarks by what they are about: `scores.RUN.NAME`, `pairs.A.B.NAME` or a NAME. */
  readonly notes: Readonly<Record<string, string>>;
}

/**
 * Parts of Comparison (JSON): runs, scores and measures of pairs, each `{value, low, high}`. `perRow` has an entry for every row
 * of the dataset, null for those that are not compared.
 */
export function* comparisonJson(contents: Contents): Generator<string, void> {
  const { rows, rowCount, k, runs, scores, pairs, notes } = contents;
  const head = {
    rows: rows.length,
    k,
    runs: runs.map(({ id, spec, width }) => ({
      id,
      provider: spec.provider,
      model: spec.model,
      dimensions: width,
      prefix: rowPrefixOf(spec.texts),
    })),
    scores: Object.fromEntries(
      Array.from(scores, ([id, estimates]) => [
        id,
        Object.fromEntries(scoreNames.map((name) => [name, plain(estimates[name])])),
      ]),
    ),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"pairs":[`;
  for (const [i, { a, b, measures, perRow }] of pairs.entries()) {
    const spread: (number | null)[] = new Array(rowCount).fill(null);
    rows.forEach((row, at) => {
      const share = perRow[at]!;
      spread[row] = Number.isNaN(share) ? null : Number(share.toFixed(6));
    });
    const estimates = Object.fromEntries(pairNames.map((name) => [name, plain(measures[name])]));
    yield `${i === 0 ? '' : ','}${JSON.stringify({ a, b, ...estimates, perRow: spread })}`;
  }
  yield `],"notes":${JSON.stringify(notes)}}\n`;
}

function plain({ value, low, high }: Estimate): Estimate {
  return { value, low, high };
}
