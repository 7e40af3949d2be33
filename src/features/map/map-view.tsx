import { isSettled } from '@/queries/neighbours';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { NoVectors } from '@/ui/no-vectors';
import classes from './map-view.module.css';
import { RunMap } from './run-map';

/** The map of the active run. */
export function MapView() {
  const dataset = useDataset();
  const run = useActiveRun();
  const runs = useRuns();
  return (
    <section aria-label="Map" className={classes.region}>
      {dataset === null || run === null || !isSettled(run) ? (
        <NoVectors runs={runs} picture="map" />
      ) : (
        <RunMap dataset={dataset} run={run} />
      )}
    </section>
  );
}
