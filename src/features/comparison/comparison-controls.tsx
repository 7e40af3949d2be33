import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import { replaceSide } from '@/core/comparison/choose-pair';
import { mostRuns } from '@/core/comparison/choose-runs';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { type ComparedRuns, useComparedRuns } from '@/queries/use-compared-runs';
import { useDataset } from '@/queries/use-workspace';
import { colourRowsBy } from '@/state/filter';
import { commit, viewStore } from '@/state/view';
import { ColourMenu } from '@/ui/colour-menu';
import { OptionMenu } from '@/ui/option-menu';
import classes from './comparison-controls.module.css';

const listLengths = [1, 5, 10, 20];

/** Which runs are compared, against which, and in how many neighbours. */
export function ComparisonControls() {
  const dataset = useDataset();
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const k = useStore(viewStore, ({ view }) => view.comparisonK);
  const compared = useComparedRuns();
  const { runs, reference, pair } = compared;
  if (dataset === null || runs.length < 2 || reference === null) return null;
  const setReference = (id: string) =>
    commit(
      {
        reference: id,
        ...(pair === null ? {} : { compared: replaceSide([pair[0].id, pair[1].id], 0, id) }),
      },
      'Change reference',
    );
  return (
    <div className={classes.controls}>
      <RunsMenu compared={compared} />
      <OptionMenu
        label="Reference"
        value={reference.id}
        options={runs.map((run) => ({
          value: run.id,
          label: runName(run.spec),
          mark: <ModelMark slot={run.slot} />,
        }))}
        onChange={setReference}
      />
      <OptionMenu
        label="Neighbours"
        value={String(k)}
        options={listLengths.map((length) => ({ value: String(length), label: String(length) }))}
        onChange={(length) => commit({ comparisonK: Number(length) }, 'Change neighbours compared')}
      />
      <ColourMenu dataset={dataset} choice={colourBy} onChange={colourRowsBy} />
    </div>
  );
}

function RunsMenu({ compared: { able, runs } }: { compared: ComparedRuns }) {
  if (able.length < 3) return null;
  const isIn = (id: string) => runs.some((run) => run.id === id);
  const toggle = (id: string) => {
    const ids = runs.map((run) => run.id);
    commit(
      { comparedRuns: isIn(id) ? ids.filter((other) => other !== id) : [...ids, id] },
      'Change runs compared',
    );
  };
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<ChevronDown size={14} strokeWidth={1.5} />}>
          Runs {runs.length} of {able.length}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.runs}>
        <Menu.Label>Compared, 2 to {Math.min(mostRuns, able.length)} of them</Menu.Label>
        {able.map((run) => {
          const isOnlyWay = isIn(run.id) ? runs.length <= 2 : runs.length >= mostRuns;
          return (
            <Menu.CheckboxItem
              key={run.id}
              checked={isIn(run.id)}
              aria-disabled={isOnlyWay || undefined}
              onChange={() => {
                if (!isOnlyWay) toggle(run.id);
              }}
            >
              <span className={classes.run}>
                <ModelMark slot={run.slot} /> {runName(run.spec)}
              </span>
            </Menu.CheckboxItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
