import { queryOptions } from '@tanstack/react-query';
import type { ProcrustesAgreement } from '@/core/comparison/procrustes';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { Estimate } from '@/core/evaluation/bootstrap';
import { awaitQuery } from '@/queries/await-query';
import type { Comparison } from '@/queries/comparison';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { reportMeasure } from '@/queries/report-measure';
import { reportWork } from '@/queries/report-work';
import { withNewWorker } from '@/queries/run-matrix';

export type SpaceMeasure = 'rsa' | 'cka' | 'procrustes';

/** Ranks of a run's pairs: half a million to two million numbers, so they are let go soon. */
function ranksQuery({ key, rows }: Comparison, run: RunRecord) {
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey: ['pair-ranks', key, run.id],
    queryFn: ({ signal }) =>
      reportMeasure(() =>
        withNewWorker(() => compute.callFree('rankPairs', { matrix: run.id, members: rows }, { signal })),
      ),
  });
}

function descriptionQuery({ key, rows }: Comparison, run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['space-description', key, run.id],
    queryFn: ({ signal }) =>
      reportMeasure(() =>
        withNewWorker(() => compute.callFree('describeSpace', { matrix: run.id, members: rows }, { signal })),
      ),
  });
}

/** How far two whole spaces agree, by one measure; the pair's order does not matter. */
export function spaceAgreementQuery(
  comparison: Comparison,
  a: RunRecord,
  b: RunRecord,
  measure: SpaceMeasure,
) {
  const [first, second] = a.slot < b.slot ? [a, b] : [b, a];
  const { key, rows } = comparison;
  return queryOptions({
    ...computedForever,
    queryKey: ['space-agreement', measure, key, first.id, second.id],
    queryFn: ({ signal }) =>
      reportMeasure(async (): Promise<Estimate & Omit<ProcrustesAgreement, 'value'>> => {
        const pair = { a: first.id, b: second.id, members: rows };
        const names = `${runName(first.spec)} and ${runName(second.spec)}`;
        if (measure === 'rsa') {
          const ranksA = await awaitQuery(ranksQuery(comparison, first), signal);
          const ranksB = await awaitQuery(ranksQuery(comparison, second), signal);
          const request = { ranksA, ranksB, count: rows.length };
          const rsa = await withNewWorker(() => compute.callFree('correlatePairs', request, { signal }));
          return { ...rsa, sampledRows: null, permutations: 0 };
        }
        if (measure === 'cka') {
          const ofA = await awaitQuery(descriptionQuery(comparison, first), signal);
          const ofB = await awaitQuery(descriptionQuery(comparison, second), signal);
          const request = { ...pair, ofA, ofB };
          const cka = await withNewWorker(() => compute.callFree('compareSpaces', request, { signal }));
          return { ...cka, sampledRows: null, permutations: 0 };
        }
        const { value, ...how } = await reportWork(`Aligning ${names}`, 'alignments', (onProgress) =>
          withNewWorker(() => compute.callFree('alignSpaces', pair, { signal, onProgress })),
        );
        return { value, low: null, high: null, ...how };
      }),
  });
}
