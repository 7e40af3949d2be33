import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { ReductionCost } from '@/core/evaluation/reduction-cost';
import { sampleMembers } from '@/core/projection/map-sample';
import type { Comparison } from '@/queries/comparison';
import { compute } from '@/queries/compute-client';
import { inTurn } from '@/queries/in-turn';
import { computedForever } from '@/queries/query-client';
import { reportWork } from '@/queries/report-work';
import { withNewWorker } from '@/queries/run-matrix';
import { labelledOf } from '@/queries/run-scores';

/** Rows whose neighbours are looked for: all up to so many, else so many by chance. */
const limits = { all: 3000, some: 2000 };
const seed = 1;

export interface MeasuredReductions {
  readonly costs: readonly ReductionCost[];
  /** Rows whose neighbours were looked for, out of `rows`. */
  readonly sampled: number;
  readonly rows: number;
}

/** What every smaller way to keep one run's vectors costs, over the rows compared. */
export function reductionsQuery(comparison: Comparison, dataset: Dataset, run: RunRecord) {
  const { key, rows } = comparison;
  return queryOptions({
    ...computedForever,
    queryKey: ['reductions', key, dataset.labelColumn, run.id],
    queryFn: ({ signal }): Promise<MeasuredReductions> =>
      inTurn(signal, async () => {
        const found = labelledOf(comparison, dataset);
        const queries = sampleMembers(rows.length, limits, seed);
        const labelled =
          found === null
            ? null
            : {
                members: found.members,
                queries: sampleMembers(found.members.length, limits, seed),
                classOf: found.classOf,
                classCount: found.classCount,
                k: found.k,
              };
        const request = { matrix: run.id, members: rows, queries, labelled };
        const label = `Measuring smaller vectors of ${runName(run.spec)}`;
        const costs = await reportWork(label, 'ways', (onProgress) =>
          withNewWorker(() => compute.callFree('measureReductions', request, { signal, onProgress })),
        );
        return { costs, sampled: queries.length, rows: rows.length };
      }),
  });
}
