import { useStore } from 'zustand';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { colourRowsBy } from '@/state/filter';
import { commit, viewStore } from '@/state/view';
import { ColourMenu } from '@/ui/colour-menu';
import { OptionMenu } from '@/ui/option-menu';
import { LayoutMenu } from './layout-menu';

/** Which run the map shows, in what colours and laid out how. */
export function MapControls() {
  const dataset = useDataset();
  const runs = useRuns().filter(({ doneCount }) => doneCount > 0);
  const active = useActiveRun();
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  if (dataset === null || active === null) return null;
  return (
    <>
      <OptionMenu
        label="Run"
        value={active.id}
        options={runs.map((run) => ({
          value: run.id,
          label: runName(run.spec),
          mark: <ModelMark slot={run.slot} />,
        }))}
        onChange={(activeRun) => commit({ activeRun }, 'Change run')}
      />
      <ColourMenu dataset={dataset} choice={colourBy} onChange={colourRowsBy} />
      <LayoutMenu />
    </>
  );
}
