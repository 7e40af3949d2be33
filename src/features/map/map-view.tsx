import { queryOptions, type SkipToken, skipToken, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { asWritten, type RunRecord } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import type { ProjectionSettings } from '@/core/projection/projection';
import { isSettled } from '@/queries/neighbours';
import { projectionQuery } from '@/queries/projection';
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
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const waiting = run ?? runs[0] ?? noRun;
  // A session may have brought the map of a run without its vectors.
  const kept = useQuery(keptMapQuery(waiting, settings)).data;
  const shown = run !== null && isSettled(run) ? run : isFromFile || kept !== undefined ? waiting : null;
  return (
    <section aria-label="Map" className={classes.region}>
      {dataset === null || shown === null ? (
        <NoVectors runs={runs} picture="map" />
      ) : (
        <MapOf dataset={dataset} run={shown} />
      )}
    </section>
  );
}

/** Another run is rendered in slices, between which the page goes on answering; until it is there, the last one stays. */
function MapOf({ dataset, run }: { dataset: Dataset; run: RunRecord }) {
  const shown = useDeferredValue(run);
  // The rows of a run are those of its own dataset.
  return <RunMap dataset={dataset} run={shown.spec.datasetId === dataset.id ? shown : run} />;
}

function keptMapQuery(run: RunRecord | null, settings: ProjectionSettings) {
  const queryKey: readonly unknown[] = run === null ? ['no map'] : projectionQuery(run, settings).queryKey;
  return queryOptions({ queryKey, queryFn: skipToken as SkipToken, structuralSharing: false });
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
