import { useStore } from 'zustand';
import { useDataset, useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { RunRow } from './run-row';
import classes from './runs-panel.module.css';

/** The runs of the dataset on the screen: how far each is, and what can be done with it. */
export function RunsPanel() {
  const dataset = useDataset();
  const runs = useRuns();
  const activeRun = useStore(viewStore, ({ view }) => view.activeRun);
  return (
    <section className={classes.panel} aria-labelledby="runs-title">
      <div className={classes.head}>
        <h2 id="runs-title" className={classes.title}>
          Runs
        </h2>
        <span className={classes.total}>{runs.length}</span>
      </div>
      {runs.length === 0 || dataset === null ? (
        <p className={classes.empty}>No run yet. Choose a model above and embed your texts.</p>
      ) : (
        <ul className={classes.list} aria-label="Runs">
          {runs.map((run) => (
            <RunRow key={run.id} run={run} dataset={dataset} isActive={run.id === activeRun} />
          ))}
        </ul>
      )}
    </section>
  );
}
