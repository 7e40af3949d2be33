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
import { reportWork } from '@/queries/report-work';
import { effectiveRankQuery, labelledOf, labelScoresQuery, spaceScoresQuery } from '@/queries/run-scores';
import { spaceAgreementQuery } from '@/queries/whole-spaces';

/** Comparison (JSON) of the runs compared; what is not computed yet is computed first. */
export async function exportComparison(
  dataset: Dataset,
  runs: readonly RunRecord[],
  k: number,
): Promise<Blob> {
  const comparison = await awaitQuery(comparisonQuery(dataset, runs));
  const pairCount = (runs.length * (runs.length - 1)) / 2;
  return reportWork('Measuring for Comparison (JSON)', 'runs and pairs', async (onProgress) => {
    let done = 0;
    const advance = () => onProgress({ done: ++done, total: runs.length + pairCount });
    const notes: Record<string, string> = describeRows(comparison);
    const scores = new Map<string, Record<ScoreName, Estimate>>();
    for (const run of runs) {
      scores.set(run.id, await scoresOf(comparison, dataset, run));
      advance();
    }
    const pairs: ComparedPair[] = [];
    let measuredK = k;
    for (const [i, a] of runs.entries()) {
      for (const b of runs.slice(i + 1)) {
        const agreement = await awaitQuery(agreementQuery(comparison, a, b, k));
        measuredK = agreement.k;
        const { overlap, overlapCorrected, jaccard, rbo, perRow } = agreement;
        const spaces = { rsa: noEstimate, cka: noEstimate, procrustes: noEstimate as Estimate };
        for (const measure of ['rsa', 'cka', 'procrustes'] as const) {
          const { value, low, high, sampledRows } = await awaitQuery(
            spaceAgreementQuery(comparison, a, b, measure),
          );
          spaces[measure] = { value, low, high };
          if (sampledRows !== null)
            notes[measure] =
              `Measured on ${sampledRows.toLocaleString('en')} of ${comparison.rows.length.toLocaleString('en')} rows, drawn by chance: rows and dimensions are too many for all.`;
        }
        pairs.push({
          a: a.id,
          b: b.id,
          measures: { overlap, overlapCorrected, jaccard, rbo, ...spaces },
          perRow,
        });
        advance();
      }
    }
    const { rows } = comparison;
    explainScores(scores, comparison, dataset, notes);
    explainPairs(pairs, rows.length, notes);
    if (measuredK < k) notes.k = `${k} neighbours were asked for; ${rows.length} rows allow ${measuredK}.`;
    const contents = { rows, rowCount: dataset.rowCount, k: measuredK, runs, scores, pairs, notes };
    return new Blob([...comparisonJson(contents)], { type: 'application/json' });
  });
}

async function scoresOf(
  comparison: Comparison,
  dataset: Dataset,
  run: RunRecord,
): Promise<Record<ScoreName, Estimate>> {
  const space = await awaitQuery(spaceScoresQuery(comparison, run));
  const rank = await awaitQuery(effectiveRankQuery(comparison, run));
  const labels = await awaitQuery(labelScoresQuery(comparison, dataset, run));
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
const scoreReasons: Readonly<Record<ScoreName, string>> = {
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
