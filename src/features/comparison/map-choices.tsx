import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { mostMaps, toggleMap } from '@/core/comparison/choose-maps';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { commit, type View, viewStore } from '@/state/view';
import { OptionMenu } from '@/ui/option-menu';
import classes from './map-choices.module.css';

type Choices = View['comparisonMaps'];

interface Props {
  /** Runs that have a map, the reference among them. */
  runs: readonly RunRecord[];
  /** Those shown, the reference first. */
  shown: readonly RunRecord[];
}

/** Which maps are shown, in what colours, from which start, and how their views are linked. */
export const MapChoices = memo(function MapChoices({ runs, shown }: Props) {
  const choices = useStore(viewStore, ({ view }) => view.comparisonMaps);
  const choose = (change: Partial<Choices>, label: string) =>
    commit({ comparisonMaps: { ...choices, ...change } }, label);
  return (
    <div className={classes.strip}>
      <h3 className={classes.title}>Maps</h3>
      {runs.length > 1 && (
        <MapsMenu
          runs={runs}
          shown={shown}
          onToggle={(id) => choose({ shown: toggleMap(shown, id) }, 'Change maps')}
        />
      )}
      <span className={classes.space} />
      <OptionMenu<Choices['colour']>
        label="Rows by"
        value={choices.colour}
        options={[
          { value: 'groups', label: 'group' },
          { value: 'shared', label: 'shared neighbours', note: 'with the reference' },
        ]}
        onChange={(colour) => choose({ colour }, 'Change colour')}
      />
      <OptionMenu<Choices['layouts']>
        label="Start"
        value={choices.layouts}
        options={[
          { value: 'aligned', label: 'reference’s map', note: 'easier to compare' },
          { value: 'independent', label: 'each its own', note: 'as a check' },
        ]}
        onChange={(layouts) => choose({ layouts }, 'Change start of the maps')}
      />
      <OptionMenu<Choices['zoom']>
        label="Zoom"
        value={choices.zoom}
        options={[
          { value: 'rows', label: 'Same rows', note: 'frames the rows in view' },
          { value: 'viewport', label: 'Same viewport', note: 'the same part of each map' },
          { value: 'free', label: 'Free', note: 'each on its own' },
        ]}
        onChange={(zoom) => choose({ zoom }, 'Change zoom')}
      />
    </div>
  );
});

interface MenuProps extends Props {
  onToggle(id: string): void;
}

function MapsMenu({ runs, shown, onToggle }: MenuProps) {
  const isShown = (id: string) => shown.some((run) => run.id === id);
  return (
    <Menu position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          rightSection={<ChevronDown size={14} strokeWidth={1.5} />}
          aria-label={`Maps shown: ${shown.length} of ${runs.length}`}
        >
          {shown.length} of {runs.length}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Beside the reference, up to {mostMaps} maps</Menu.Label>
        {runs.map((run) => {
          const isFixed = run.id === shown[0]?.id || (!isShown(run.id) && shown.length >= mostMaps);
          return (
            <Menu.CheckboxItem
              key={run.id}
              checked={isShown(run.id)}
              aria-disabled={isFixed || undefined}
              onChange={() => {
                if (!isFixed) onToggle(run.id);
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
