import { ActionIcon, Tooltip } from '@mantine/core';
import { ArrowLeftRight } from 'lucide-react';
import { useStore } from 'zustand';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { useDataset } from '@/queries/use-workspace';
import { commit, viewStore } from '@/state/view';
import { ColourMenu } from '@/ui/colour-menu';
import { OptionMenu } from '@/ui/option-menu';
import { replaceSide } from './choose-pair';
import classes from './comparison-controls.module.css';
import { useComparedPair } from './use-compared-pair';

/** Which two runs are compared, and in what colours. */
export function ComparisonControls() {
  const dataset = useDataset();
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const { settled, pair } = useComparedPair();
  if (dataset === null || pair === null) return null;
  const ids: readonly [string, string] = [pair[0].id, pair[1].id];
  const options = settled.map((run) => ({
    value: run.id,
    label: runName(run.spec),
    mark: <ModelMark slot={run.slot} />,
  }));
  const compare = (compared: [string, string]) => commit({ compared }, 'Change comparison');
  return (
    <div className={classes.controls}>
      <OptionMenu
        label="A"
        value={ids[0]}
        options={options}
        onChange={(id) => compare(replaceSide(ids, 0, id))}
      />
      <Tooltip label="Swap A and B">
        <ActionIcon aria-label="Swap A and B" onClick={() => compare([ids[1], ids[0]])}>
          <ArrowLeftRight size={16} strokeWidth={1.5} />
        </ActionIcon>
      </Tooltip>
      <OptionMenu
        label="B"
        value={ids[1]}
        options={options}
        onChange={(id) => compare(replaceSide(ids, 1, id))}
      />
      <ColourMenu
        dataset={dataset}
        choice={colourBy}
        onChange={(choice) => commit({ colourBy: choice }, 'Change colour')}
      />
    </div>
  );
}
