import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { asWritten, type RunRecord } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import { isSettled } from '@/queries/neighbours';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { NoVectors } from '@/ui/no-vectors';
import classes from './map-view.module.css';
import { RunMap } from './run-map';

/** The map of the active run, or the places that came with the data. */
export function MapView() {
  const dataset = useDataset();
  const run = useActiveRun();
  const runs = useRuns();
  const isFromFile = useStore(viewStore, ({ view }) => view.projection.method === 'columns');
  const noRun = useMemo(() => (dataset === null ? null : withoutVectors(dataset)), [dataset]);
  const shown = run !== null && isSettled(run) ? run : isFromFile ? (run ?? runs[0] ?? noRun) : null;
  return (
    <section aria-label="Map" className={classes.region}>
      {dataset === null || shown === null ? (
        <NoVectors runs={runs} picture="map" />
      ) : (
        <RunMap dataset={dataset} run={shown} />
      )}
    </section>
  );
}

/** Stands for a run where there is none: coordinates of the data need no vectors. */
function withoutVectors({ id, rowCount }: Dataset): RunRecord {
  const spec = {
    provider: 'imported',
    baseUrl: '',
    model: 'none',
    dimensions: null,
    texts: asWritten,
    datasetId: id,
  } as const;
  return createRunRecord(spec, 0, rowCount, 0);
}
