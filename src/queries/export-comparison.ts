import { isLargeFor } from '@/core/comparison/list-agreement';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type Estimate, noEstimate } from '@/core/evaluation/bootstrap';
import {
  type ComparedPair,
  comparisonJson,
  type PairName,
  pairNames,
  type ScoreName,
  scoreNames,
} from '@/core/export/comparison-json';
import { awaitQuery } from '@/queries/await-query';
import { agreementQuery, type Comparison, comparisonQuery } from '@/queries/comparison';
import { compute } from '@/queries/compute-client';
import { nextTask } from '@/queries/in-pieces';
import { reportWork } from '@/queries/report-work';
import { effectiveRankQuery, labelledOf, labelScoresQuery, spaceScoresQuery } from '@/queries/run-scores';
import { spaceAgreementQuery } from '@/queries/whole-spaces';

/**
 * Comparison (JSON) of the runs compared; what is not computed yet is computed first, as many pairs at a time as there are
 * workers. Rejects with an AbortError where a person cancels it; numbers found until then are kept.
 */
export function exportComparison(dataset: Dataset, runs: readonly RunRecord[], k: number): Promise<Blob> {
  const cancelled = new AbortController();
  const { signal } = cancelled;
  return reportWork(
    'Measuring for Comparison (JSON)',
    'runs and pairs',
    async (onProgress) => {
      const comparison = await awaitQuery(comparisonQuery(dataset, runs), signal);
      const wanted = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => [a, b] as const));
      const total = runs.length + wanted.length;
      let done = 0;
      onProgress({ done, total });
      const notes: Record<string, string> = describeRows(comparison);
      const scores = new Map<string, Record<ScoreName, Estimate>>();
      for (const run of runs) {
        scores.set(run.id, await scoresOf(comparison, dataset, run, signal));
        onProgress({ done: ++done, total });
      }
      const measured = await inParallel(wanted, compute.poolSize, async ([a, b]) => {
        const pair = await measurePair(comparison, a, b, k, signal);
        onProgress({ done: ++done, total });
        return pair;
      });
      const pairs = measured.map(({ pair }) => pair);
      for (const each of measured) Object.assign(notes, each.notes);
      const { rows } = comparison;
      const measuredK = measured.at(-1)?.k ?? k;
      explainScores(scores, comparison, dataset, notes);
      explainPairs(pairs, rows.length, notes);
      if (measuredK < k) notes.k = `${k} neighbours were asked for; ${rows.length} rows allow ${measuredK}.`;
      else if (isLargeFor(measuredK, rows.length))
        notes.k = `${measuredK} neighbours are many of ${rows.length} rows: much of what lists share is chance.`;
      const contents = { rows, rowCount: dataset.rowCount, k: measuredK, runs, scores, pairs, notes };
      const parts: string[] = [];
      for (const part of comparisonJson(contents)) {
        parts.push(part);
        // The page draws between two parts of the file.
        await nextTask();
        signal.throwIfAborted();
      }
      return new Blob(parts, { type: 'application/json' });
    },
    () => cancelled.abort(),
  );
}

/** Does a piece of work for each item, so many at a time; results in the order of the items. The first failure ends it. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = items.entries();
  const goOn = async () => {
    for (const [i, item] of waiting) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, goOn));
  return results;
}

async function measurePair(
  comparison: Comparison,
  a: RunRecord,
  b: RunRecord,
  k: number,
  signal: AbortSignal,
): Promise<{ pair: ComparedPair; k: number; notes: Record<string, string> }> {
  const agreement = await awaitQuery(agreementQuery(comparison, a, b, k), signal);
  const { overlap, overlapCorrected, jaccard, rbo, perRow } = agreement;
  const spaces = { rsa: noEstimate, cka: noEstimate, procrustes: noEstimate as Estimate };
  const notes: Record<string, string> = {};
  for (const measure of ['rsa', 'cka', 'procrustes'] as const) {
    const { value, low, high, sampledRows, permutations } = await awaitQuery(
      spaceAgreementQuery(comparison, a, b, measure),
      signal,
    );
    spaces[measure] = { value, low, high };
    const drawn =
      sampledRows === null
        ? ''
        : ` Measured on ${sampledRows.toLocaleString('en')} of ${comparison.rows.length.toLocaleString('en')} rows, drawn by chance: rows and dimensions are too many for all.`;
    const spared =
      permutations === 0 || permutations === 20
        ? ''
        : ` Chance from ${permutations} permutations of the rows, whose mean is known to 0.05 %.`;
    if (drawn !== '' || spared !== '') notes[`pairs.${a.id}.${b.id}.${measure}`] = `${drawn}${spared}`.trim();
  }
  const measures = { overlap, overlapCorrected, jaccard, rbo, ...spaces };
  return { pair: { a: a.id, b: b.id, measures, perRow }, k: agreement.k, notes };
}

async function scoresOf(
  comparison: Comparison,
  dataset: Dataset,
  run: RunRecord,
  signal: AbortSignal,
): Promise<Record<ScoreName, Estimate>> {
  const space = await awaitQuery(spaceScoresQuery(comparison, run), signal);
  const rank = await awaitQuery(effectiveRankQuery(comparison, run), signal);
  const labels = await awaitQuery(labelScoresQuery(comparison, dataset, run), signal);
  return {
    meanSimilarity: space.meanSimilarity,
    sdSimilarity: space.sdSimilarity,
    hubness: space.hubness,
    effectiveRank: { value: rank, low: null, high: null },
    participationRatio: space.participationRatio,
    intrinsicDimension: space.intrinsicDimension,
    knnAccuracy: labels?.knnAccuracy ?? noEstimate,
    knnMacroF1: labels?.knnMacroF1 ?? noEstimate,
    separationAuc: labels?.separationAuc ?? noEstimate,
    silhouette: labels?.silhouette ?? noEstimate,
  };
}

function describeRows({ withoutVector, duplicateTexts }: Comparison): Record<string, string> {
  const notes: Record<string, string> = {
    effectiveRank: 'No interval: rows drawn twice lower the rank by themselves.',
    participationRatio: 'No interval: rows drawn twice lower the rank by themselves.',
    procrustes: 'No interval: it would take a thousand times 21 alignments.',
  };
  if (withoutVector > 0 || duplicateTexts > 0)
    notes.rows = `Left out: ${withoutVector} without a vector in every run, ${duplicateTexts} with the text of an earlier row.`;
  return notes;
}

/** Why a score has no number. */
export const scoreReasons: Readonly<Record<ScoreName, string>> = {
  meanSimilarity: 'Needs two rows.',
  sdSimilarity: 'Needs two rows.',
  hubness: 'Needs three rows that are in others’ lists unequally often.',
  effectiveRank: 'All vectors are equal.',
  participationRatio: 'All vectors are equal.',
  intrinsicDimension: 'Needs 100 rows with different vectors.',
  knnAccuracy: 'Needs a label column with two labels that two rows each have.',
  knnMacroF1: 'Needs a label column with two labels that two rows each have.',
  separationAuc: 'Needs a label column with two labels that two rows each have.',
  silhouette: 'Needs a label column with two labels that two rows each have.',
};

const pairReasons: Readonly<Record<PairName, string>> = {
  overlap: 'Needs three rows.',
  overlapCorrected: 'Needs three rows.',
  jaccard: 'Needs three rows.',
  rbo: 'Needs three rows.',
  rsa: 'Needs three rows whose similarities vary in both runs.',
  cka: 'Needs four rows whose vectors vary in both runs.',
  procrustes: 'Needs ten rows whose vectors vary in both runs.',
};

function explainScores(
  scores: ReadonlyMap<string, Record<ScoreName, Estimate>>,
  comparison: Comparison,
  dataset: Dataset,
  notes: Record<string, string>,
): void {
  for (const [id, estimates] of scores)
    for (const name of scoreNames)
      if (estimates[name].value === null) notes[`scores.${id}.${name}`] = scoreReasons[name];
  const labelled = labelledOf(comparison, dataset);
  if (labelled !== null && labelled.withoutLabel + labelled.alone > 0)
    notes.labels = `Scores by labels leave out ${labelled.withoutLabel} rows without a label and ${labelled.alone} whose label no other row has.`;
}

function explainPairs(pairs: readonly ComparedPair[], rowCount: number, notes: Record<string, string>): void {
  for (const { a, b, measures } of pairs)
    for (const name of pairNames)
      if (measures[name].value === null) notes[`pairs.${a}.${b}.${name}`] = pairReasons[name];
  if (rowCount > 2000)
    notes.rsa = 'Measured on half a million pairs, drawn by chance, the same in every run.';
}
