import { queryOptions } from '@tanstack/react-query';
import type { RunInput } from '@/core/comparison/judge-input';
import type { Dataset } from '@/core/dataset/dataset';
import { hintFor } from '@/core/embedding/model-hints';
import { type RunRecord, rowPrefixOf } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { cutRows } from '@/core/embedding/sent-texts';
import type { Comparison } from '@/queries/comparison';
import { compute } from '@/queries/compute-client';
import { sentTextsOf } from '@/queries/matrix-source';
import { computedForever } from '@/queries/query-client';
import { reportMeasure } from '@/queries/report-measure';
import { ensureMatrix, withNewWorker } from '@/queries/run-matrix';

/** What each of the compared runs was given to read. */
export function fairInputQuery(dataset: Dataset, comparison: Comparison) {
  return queryOptions({
    ...computedForever,
    queryKey: ['fair-input', dataset.id, comparison.key],
    queryFn: ({ signal }) =>
      reportMeasure(() => Promise.all(comparison.runs.map((run) => inputOf(dataset, run, signal)))),
  });
}

async function inputOf(dataset: Dataset, run: RunRecord, signal: AbortSignal): Promise<RunInput> {
  const { spec } = run;
  await ensureMatrix(run);
  const members = compute.membersOf(run.id);
  const sent = await sentTextsOf(spec);
  const norms = await withNewWorker(() =>
    compute.call('measureNorms', { matrix: run.id, members }, { signal }),
  );
  const hint = hintFor(spec.model);
  const windowTokens = spec.provider === 'baseline' ? null : (hint?.tokens ?? null);
  const suggested = hint === null ? null : ((spec.texts.side === 'query' ? hint.query : hint.document) ?? '');
  return {
    name: runName(spec),
    provider: spec.provider,
    texts: spec.texts,
    suggestedPrefix: suggested,
    prefix: rowPrefixOf(spec.texts),
    missing: run.rowCount - members.length,
    cut: spec.provider === 'imported' ? 0 : cutRows(dataset.texts, sent).length,
    windowTokens,
    overWindow:
      windowTokens === null
        ? null
        : sent.tokens.reduce((sum, tokens) => sum + (tokens > windowTokens ? 1 : 0), 0),
    longestTokens: sent.tokens.reduce((most, tokens) => Math.max(most, tokens), 0),
    norms,
  };
}
