import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { isSettled } from '@/queries/neighbours';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { commit } from '@/state/view';
import { OptionMenu } from '@/ui/option-menu';
import { ClusterMenu } from './cluster-menu';
import { LayoutMenu } from './layout-menu';
import { MapColourMenu } from './map-colour-menu';

/** Which run the map shows, in what colours and laid out how. */
export function MapControls() {
  const dataset = useDataset();
  const all = useRuns();
  const active = useActiveRun();
  const runs = all.filter(({ doneCount }) => doneCount > 0);
  if (dataset === null) return null;
  if (active === null) return dataset.coordinates ? <LayoutMenu coordinates={dataset.coordinates} /> : null;
  return (
    <>
      <OptionMenu
        label="Run"
        value={active.id}
        // A session may have brought the map of a run without its vectors.
        options={all
          .filter(({ id, doneCount }) => doneCount > 0 || id === active.id)
          .map((run) => ({
            value: run.id,
            label: runName(run.spec),
            mark: <ModelMark slot={run.slot} />,
          }))}
        onChange={(activeRun) => commit({ activeRun }, 'Change run')}
      />
      <MapColourMenu dataset={dataset} runs={runs} active={active} />
      {isSettled(active) && <ClusterMenu key={active.id} dataset={dataset} run={active} />}
      <LayoutMenu coordinates={dataset.coordinates ?? null} />
    </>
  );
}
