import type { RunRecord } from '@/core/embedding/run';
import type { Estimate } from '@/core/evaluation/bootstrap';
import type { ReductionCost } from '@/core/evaluation/reduction-cost';
import type { ScoreColumn } from '@/core/evaluation/score-words';
import { csvLines, guardCell } from '@/core/export/csv-cells';
import { pairKey } from './pair-key';
import type { ShownGold } from './use-gold-scores';

interface Scored {
  readonly run: RunRecord;
  estimateOf(column: ScoreColumn): Estimate | undefined;
}

/** The scoreboard as CSV: every score with the ends of its interval. */
export function scoresCsv(runs: readonly Scored[], columns: readonly ScoreColumn[]): string {
  const head = [
    'run',
    'dimensions',
    'seconds',
    'tokens',
    'failed',
    ...columns.flatMap((name) => [name, `${name}_low`, `${name}_high`]),
  ];
  const lines = runs.map(({ run, estimateOf }) => [
    guardCell(run.id),
    text(run.width),
    (run.durationMs / 1000).toFixed(3),
    text(run.tokens),
    String(run.failures.length),
    ...columns.flatMap((column) => {
      const { value = null, low = null, high = null } = estimateOf(column) ?? {};
      return [text(value), text(low), text(high)];
    }),
  ]);
  return csvLines([head, ...lines]);
}

/** The agreement matrix as CSV: one line a pair. */
export function agreementCsv(
  runs: readonly RunRecord[],
  columns: readonly string[],
  estimateOf: (pair: string, column: string) => Estimate | undefined,
): string {
  const head = ['a', 'b', ...columns.flatMap((name) => [name, `${name}_low`, `${name}_high`])];
  const lines = runs.flatMap((a, i) =>
    runs.slice(i + 1).map((b) => [
      guardCell(a.id),
      guardCell(b.id),
      ...columns.flatMap((column) => {
        const { value = null, low = null, high = null } = estimateOf(pairKey(a, b), column) ?? {};
        return [text(value), text(low), text(high)];
      }),
    ]),
  );
  return csvLines([head, ...lines]);
}

/** Scores on judged pairs as CSV: one line a run. */
export function goldCsv(
  runs: readonly RunRecord[],
  { measure, scores }: Pick<ShownGold, 'measure' | 'scores'>,
): string {
  const head = ['run', measure, `${measure}_low`, `${measure}_high`, 'cut_off', 'f1'];
  const lines = runs.map((run, i) => {
    const score = scores[i];
    const { value = null, low = null, high = null } = score?.[measure] ?? {};
    return [guardCell(run.id), ...[value, low, high, score?.cutOff ?? null, score?.bestF1 ?? null].map(text)];
  });
  return csvLines([head, ...lines]);
}

/** What smaller vectors cost as CSV: one line a run and way to keep them. */
export function reductionsCsv(
  runs: readonly RunRecord[],
  lists: readonly (readonly ReductionCost[] | undefined)[],
): string {
  const measures = ['overlap', 'knnAccuracy'] as const;
  const head = ['run', 'numbers', 'kept_as', 'bytes_per_million_rows'];
  const lines = runs.flatMap((run, i) =>
    (lists[i] ?? []).map((cost) => [
      guardCell(run.id),
      String(cost.dims),
      cost.code,
      String(cost.bytesPerMillion),
      ...measures.flatMap((measure) => {
        const { value = null, low = null, high = null } = cost[measure] ?? {};
        return [value, low, high].map(text);
      }),
    ]),
  );
  return csvLines([
    [...head, ...measures.flatMap((name) => [name, `${name}_low`, `${name}_high`])],
    ...lines,
  ]);
}

function text(value: number | null): string {
  return value === null ? '' : String(value);
}
