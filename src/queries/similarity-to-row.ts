import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';

const keptForMs = 60_000;

/** Cosine of a row with every row of its dataset in a run, float64, 1 with itself; NaN where either has no vector. */
export function similarityToRowQuery(run: RunRecord, row: number) {
  return queryOptions({
    ...computedForever,
    gcTime: keptForMs,
    queryKey: ['similarity-to-row', run.id, run.doneCount, row],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      return compute.call('cosinesToRow', { matrix: run.id, members, row }, { signal });
    },
  });
}
