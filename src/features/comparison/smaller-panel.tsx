import { Loader, SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { listNames } from '@/core/comparison/answer-part';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { hintFor } from '@/core/embedding/model-hints';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { frontierOf, type ReductionCost } from '@/core/evaluation/reduction-cost';
import type { Comparison } from '@/queries/comparison';
import { reductionsQuery } from '@/queries/reductions';
import { fileNameFor } from '@/ui/save-file';
import { CsvButton } from './csv-button';
import { Failure } from './failure';
import type { ReductionPoint } from './reduction-chart';
import { nameWay, ReductionTable } from './reduction-table';
import board from './scoreboard.module.css';
import { reductionsCsv } from './scores-csv';
import classes from './smaller-panel.module.css';

const ReductionChart = lazy(async () => ({ default: (await import('./reduction-chart')).ReductionChart }));

type Kept = 'overlap' | 'knnAccuracy';

/** What shorter vectors, bytes and bits cost each run, without asking a server. */
export function SmallerPanel({ comparison, dataset }: { comparison: Comparison; dataset: Dataset }) {
  const [kept, setKept] = useState<Kept>('overlap');
  const { runs } = comparison;
  const results = useQueries({ queries: runs.map((run) => reductionsQuery(comparison, dataset, run)) });
  const lists = results.map(({ data }) => data);
  const costs = lists.map((data) => data?.costs);
  const key = lists.map((data) => (data === undefined ? '-' : '+')).join('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the results change when one more is there, which the key says
  const points = useMemo(() => pointsOf(comparison, costs, kept), [comparison, key, kept]);
  const first = lists.find((data) => data !== undefined);
  const hasLabels = first?.costs.some(({ knnAccuracy }) => knnAccuracy !== null) === true;
  const failed = results.find(({ error, isFetching }) => error !== null && !isFetching);
  const untrained = runs.filter(({ spec }) => (hintFor(spec.model)?.cuts ?? null) === null);
  const waiting = results.filter(({ isPending }) => isPending).length;
  return (
    <div className={classes.panel}>
      <div className={board.corner}>
        {hasLabels && (
          <SegmentedControl
            size="xs"
            aria-label="What is kept"
            value={kept}
            onChange={(value) => setKept(value as Kept)}
            data={[
              { value: 'overlap', label: 'Same neighbours' },
              { value: 'knnAccuracy', label: 'Right labels' },
            ]}
          />
        )}
        {waiting > 0 && failed === undefined && (
          <span className={classes.busy}>
            <Loader size={12} aria-hidden="true" /> {runs.length - waiting} of {countOf(runs.length, 'run')}{' '}
            measured
          </span>
        )}
        {first !== undefined && (
          <CsvButton
            name="Smaller vectors (CSV)"
            fileName={fileNameFor(dataset.name, null, 'smaller-vectors.csv')}
            write={() => reductionsCsv(runs, costs)}
          />
        )}
      </div>
      {failed !== undefined && (
        <Failure what="Smaller vectors could not be measured." onRetry={() => void failed.refetch()}>
          {failed.error?.message} The vectors are kept.
        </Failure>
      )}
      {points.length > 0 && (
        <Suspense fallback={<p className={classes.remark}>Loading the chart</p>}>
          <ReductionChart
            points={points}
            kept={kept === 'overlap' ? 'same neighbours of 10' : 'right labels'}
          />
        </Suspense>
      )}
      <p className={classes.remark}>
        Neighbours are found in the smaller vectors themselves: shorter ones made length 1 again, whole
        numbers −127 to 127 by their exact products, bits by how many differ. The line joins what nothing
        smaller beats.
        {first !== undefined && first.sampled < first.rows
          ? ` From ${countOf(first.sampled, 'row')} of ${first.rows.toLocaleString('en')}, drawn by chance, against all.`
          : ''}{' '}
        No text is sent.
        {untrained.length > 0 && ` ${describeUntrained(untrained, runs)}`}
      </p>
      {first !== undefined && <ReductionTable runs={runs} lists={costs} />}
    </div>
  );
}

/** Which runs' models are not known to be trained so that the first numbers of a vector are enough. */
function describeUntrained(untrained: readonly RunRecord[], runs: readonly RunRecord[]): string {
  const namesOf = (list: readonly RunRecord[]) => listNames(list.map(({ spec }) => runName(spec)));
  const trained = runs.filter((run) => !untrained.includes(run));
  const who =
    untrained.length <= 3
      ? namesOf(untrained)
      : trained.length === 0
        ? 'These models'
        : `All but ${namesOf(trained)}`;
  return `${who} ${untrained.length === 1 ? 'is' : 'are'} not known to be trained for shorter vectors.`;
}

function pointsOf(
  { runs }: Comparison,
  lists: readonly (readonly ReductionCost[] | undefined)[],
  kept: Kept,
): ReductionPoint[] {
  const points = runs.flatMap((run, i) =>
    (lists[i] ?? []).flatMap((cost): ReductionPoint[] => {
      const estimate = cost[kept];
      if (estimate === null || estimate.value === null) return [];
      const { value, low, high } = estimate;
      return [
        {
          slot: run.slot,
          name: runName(run.spec),
          way: nameWay(cost),
          megabytes: cost.bytesPerMillion / 1e6,
          kept: value,
          low: low ?? value,
          high: high ?? value,
          isFrontier: false,
        },
      ];
    }),
  );
  const frontier = new Set(
    frontierOf(points.map(({ megabytes, kept: share }) => ({ bytesPerMillion: megabytes, kept: share }))),
  );
  return points.map((point, i) => ({ ...point, isFrontier: frontier.has(i) }));
}
