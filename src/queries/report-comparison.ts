import { type AnswerGold, type AnswerLabels, composeAnswer } from '@/core/comparison/compose-answer';
import { type AnswerScore, describePlace } from '@/core/comparison/describe-verdicts';
import { shortenNames } from '@/core/comparison/shorten-names';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { type Estimate, noEstimate } from '@/core/evaluation/bootstrap';
import { describeBasis } from '@/core/evaluation/describe-basis';
import { describeCoverage } from '@/core/evaluation/describe-coverage';
import { placePairs } from '@/core/evaluation/judged-pairs';
import type { LabelMeasure, LabelScores } from '@/core/evaluation/label-scores';
import { orderRuns, sortingColumn } from '@/core/evaluation/order-runs';
import { labelColumns, type ScoreColumn, scoreWords, spaceColumns } from '@/core/evaluation/score-words';
import { judge, type Verdict } from '@/core/evaluation/verdict';
import { axisOf } from '@/core/evaluation/whisker-axis';
import type { ReportColumn, ReportComparison, ReportNumber } from '@/core/export/report-data';
import { awaitQuery } from '@/queries/await-query';
import { agreementQuery, type Comparison, comparisonQuery, type PairAgreement } from '@/queries/comparison';
import { goldScoresQuery, onlyCompared } from '@/queries/gold-scores';
import { effectiveRankQuery, labelledOf, labelScoresQuery, spaceScoresQuery } from '@/queries/run-scores';
import { goldPairsStore } from '@/state/gold-pairs';

interface Scored {
  readonly run: RunRecord;
  readonly estimates: Readonly<Record<ScoreColumn, Estimate>>;
  readonly labels: LabelScores | null;
  estimateOf(column: ScoreColumn): Estimate;
}

export interface ReportedComparison {
  readonly words: ReportComparison;
  readonly agreements: ReadonlyMap<string, PairAgreement>;
}

/** By which two runs' agreement is found. */
export function pairName(a: RunRecord, b: RunRecord): string {
  return a.slot < b.slot ? `${a.id} ${b.id}` : `${b.id} ${a.id}`;
}

/** The comparison as the page words it: answer, scores with intervals, agreement of every pair. */
export async function gatherComparison(
  dataset: Dataset,
  runs: readonly RunRecord[],
  k: number,
  sortedBy: string | null,
): Promise<ReportedComparison> {
  const comparison = await awaitQuery(comparisonQuery(dataset, runs));
  const labelled = labelledOf(comparison, dataset);
  const columns: readonly ScoreColumn[] = [...(labelled === null ? [] : labelColumns), ...spaceColumns];
  const scored: Scored[] = [];
  for (const run of runs) {
    const space = await awaitQuery(spaceScoresQuery(comparison, run));
    const rank = await awaitQuery(effectiveRankQuery(comparison, run));
    const labels = await awaitQuery(labelScoresQuery(comparison, dataset, run));
    const estimates: Record<ScoreColumn, Estimate> = {
      ...space,
      effectiveRank: { value: rank, low: null, high: null },
      knnAccuracy: labels?.knnAccuracy ?? noEstimate,
      knnMacroF1: labels?.knnMacroF1 ?? noEstimate,
      separationAuc: labels?.separationAuc ?? noEstimate,
      silhouette: labels?.silhouette ?? noEstimate,
    };
    scored.push({ run, estimates, labels, estimateOf: (column) => estimates[column] });
  }
  const agreements = new Map<string, PairAgreement>();
  for (const [i, a] of runs.entries())
    for (const b of runs.slice(i + 1))
      agreements.set(pairName(a, b), await awaitQuery(agreementQuery(comparison, a, b, k)));
  const verdictsOf = (measure: LabelMeasure, among?: readonly number[]) =>
    labelled === null
      ? null
      : judge(
          scored.map(({ labels }, i) =>
            among === undefined || among.includes(i) ? (labels?.[measure].value ?? null) : null,
          ),
          scored.map(({ labels }) => labels?.replicates[measure] ?? []),
          labelled.members.length,
        );
  const first = agreements.values().next().value;
  const pairs = runs.flatMap((a, i) =>
    runs.slice(i + 1).map((b) => ({ a, b, agreement: agreements.get(pairName(a, b))! })),
  );
  const chosen = sortingColumn({ labelled }, sortedBy);
  const measure = labelColumns.find((column) => column === chosen) ?? null;
  const verdicts = measure === null ? null : verdictsOf(measure);
  const names = shortenNames(runs.map(({ spec }) => runName(spec)));
  const nameOf = (run: RunRecord) => names[runs.indexOf(run)]!;
  const answer = composeAnswer({
    names,
    widths: new Map(
      runs.flatMap((run) =>
        run.width === null ? [] : [[nameOf(run), { width: run.width, from: nowhere }] as const],
      ),
    ),
    pairs: pairs.map(({ a, b, agreement }) => ({
      a: nameOf(a),
      b: nameOf(b),
      overlap: agreement.overlap,
      from: nowhere,
    })),
    rows: comparison.rows.length,
    k: first?.k ?? 0,
    chance: first?.chance ?? null,
    withoutVector: comparison.withoutVector,
    duplicateTexts: comparison.duplicateTexts,
    labels: labelsOf(dataset.labelColumn, scored, names, verdictsOf),
    gold: await gatherGold(dataset, comparison, names),
  });
  const say = (parts: (typeof answer)['headline']) =>
    parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
  return {
    agreements,
    words: {
      headline: say(answer.headline),
      detail: say(answer.detail),
      basis: describeBasis(labelled, comparison.rows.length, dataset.labelColumn),
      rows: comparison.rows.length,
      k: first?.k ?? 0,
      columns: columns.map((column) => describeColumn(column, scored, labelled?.majority ?? null)),
      scores: orderRuns(scored, chosen).map((place) => {
        const { run, estimates } = scored[place]!;
        const verdict = verdicts?.[place] ?? null;
        return {
          run: run.id,
          verdict:
            verdict === null
              ? null
              : {
                  kind: verdict.kind,
                  text: describePlace(verdict, measure === 'knnAccuracy' ? 'share' : 'number').short,
                },
          cells: columns.map((column) => numberOf(estimates[column], scoreWords[column].format)),
        };
      }),
      agreementDefinition: describeAgreement(first),
      pairs: pairs.map(({ a, b, agreement }) => ({
        a: a.id,
        b: b.id,
        shared: numberOf(agreement.overlap, (share) => (share * agreement.k).toFixed(1)),
      })),
    },
  };
}

/** A number of a report stands where its sentence is. */
const nowhere = { id: '' };

type Verdicts = (measure: LabelMeasure, among?: readonly number[]) => readonly (Verdict | null)[] | null;

function labelsOf(
  column: string | null,
  scored: readonly Scored[],
  names: readonly string[],
  verdictsOf: Verdicts,
): AnswerLabels | null {
  if (column === null || verdictsOf('knnAccuracy') === null) return null;
  const list = (measure: 'knnAccuracy' | 'separationAuc', among?: readonly number[]): AnswerScore[] => {
    const verdicts = verdictsOf(measure, among);
    return scored.flatMap(({ labels }, i) => {
      const value = labels?.[measure].value ?? null;
      const verdict = verdicts?.[i] ?? null;
      return value === null || verdict === null ? [] : [{ name: names[i]!, value, verdict, from: nowhere }];
    });
  };
  const closeness = (among: readonly string[]) =>
    list(
      'separationAuc',
      among.map((name) => names.indexOf(name)),
    );
  return { column, votes: list('knnAccuracy'), closeness };
}

/** Scores on the judged pairs of a file; null without one, or where none of its pairs is among the rows. */
async function gatherGold(
  dataset: Dataset,
  comparison: Comparison,
  names: readonly string[],
): Promise<AnswerGold | null> {
  const { pairs, version } = goldPairsStore.getState();
  if (pairs === null) return null;
  const placed = onlyCompared(placePairs(dataset, pairs), comparison.rows, dataset.rowCount);
  if (placed.scores.length === 0) return null;
  const measure = pairs.kind === 'score' ? 'spearman' : 'averagePrecision';
  const scores = await Promise.all(
    comparison.runs.map((run) => awaitQuery(goldScoresQuery(run, placed, pairs.kind, version))),
  );
  const verdicts = judge(
    scores.map((score) => score[measure].value),
    scores.map(({ replicates }) => replicates),
    placed.scores.length,
  );
  return {
    measure,
    scores: scores.flatMap((score, i) => {
      const { value } = score[measure];
      const verdict = verdicts?.[i] ?? null;
      return value === null || verdict === null ? [] : [{ name: names[i]!, value, verdict, from: nowhere }];
    }),
  };
}

function describeColumn(
  column: ScoreColumn,
  scored: readonly Scored[],
  majority: number | null,
): ReportColumn {
  const { name, definition, hasAxis, formatEnd } = scoreWords[column];
  const ends = hasAxis ? axisOf(scored.map(({ estimates }) => estimates[column])) : null;
  return {
    key: column,
    name,
    definition: `${definition}${describeCoverage(column)}`,
    axis: ends === null ? null : { ends, words: [formatEnd(ends[0]), formatEnd(ends[1])] },
    yardstick: column === 'knnAccuracy' ? majority : column === 'separationAuc' ? 0.5 : null,
  };
}

function numberOf({ value, low, high }: Estimate, format: (value: number) => string): ReportNumber | null {
  if (value === null) return null;
  const interval = low === null || high === null ? '' : `${format(low)} to ${format(high)}`;
  return { value, low, high, text: format(value), interval };
}

function describeAgreement(agreement: PairAgreement | undefined): string {
  const chance = agreement?.chance ?? null;
  if (agreement === undefined || chance === null) return '';
  const byChance = chance * agreement.k;
  return `How many of a row’s ${agreement.k} nearest rows both models have, averaged over the rows; by chance it would be ${byChance < 0.05 ? 'less than 0.1' : byChance.toFixed(1)}.`;
}
