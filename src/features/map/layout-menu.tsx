import { Button, Popover, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { SlidersHorizontal } from 'lucide-react';
import { type FormEvent, useId } from 'react';
import { useStore } from 'zustand';
import type { CoordinateColumns } from '@/core/dataset/coordinates';
import {
  clampSettings,
  defaultProjectionSettings,
  methodNames,
  projectionMethods,
  projectionRanges,
} from '@/core/projection/projection';
import { commit, viewStore } from '@/state/view';
import classes from './layout-menu.module.css';

const fields = [
  {
    name: 'neighbours',
    label: 'Neighbours',
    step: 1,
    explanation: 'How many near rows each row is held to. Small shows detail, large shows the whole.',
  },
  {
    name: 'minDist',
    label: 'Min-dist',
    step: 0.01,
    explanation: 'How close points may lie together, 0 to 0.99.',
  },
  { name: 'seed', label: 'Seed', step: 1, explanation: 'The same seed draws the same map again.' },
] as const;

/** The method, coordinates of the data among them, and UMAP's parameters. A change is drawn when it is submitted, not at each digit. */
export function LayoutMenu({ coordinates }: { coordinates: CoordinateColumns | null }) {
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const id = useId();
  const face = settings.method === 'columns' ? 'From the file' : methodNames[settings.method];
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => {
      const text = String(form.get(name) ?? '').trim();
      return text === '' ? undefined : Number(text);
    };
    const projection = clampSettings({
      method: settings.method,
      neighbours: typed('neighbours') ?? settings.neighbours,
      minDist: typed('minDist') ?? settings.minDist,
      seed: typed('seed') ?? settings.seed,
    });
    commit({ projection }, 'Change layout');
    close();
  };
  const setMethod = (method: string) =>
    commit(
      {
        projection: clampSettings({
          ...settings,
          method: projectionMethods.find((known) => known === method),
          ...(coordinates !== null && { columns: coordinates }),
        }),
      },
      'Change layout',
    );
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && close()}
      position="bottom-end"
      width={264}
      trapFocus
      withRoles
    >
      <Popover.Target>
        <Button
          variant="default"
          className={classes.button}
          aria-label={`Layout: ${methodNames[settings.method]}`}
          title={`Layout: ${methodNames[settings.method]}`}
          onClick={toggle}
        >
          <SlidersHorizontal size={14} strokeWidth={1.5} aria-hidden="true" />
          <span className={classes.name}>{face}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Layout">
        <SegmentedControl
          fullWidth
          aria-label="Projection"
          orientation="vertical"
          data={projectionMethods
            .filter((value) => value !== 'columns' || coordinates !== null)
            .map((value) => ({ value, label: methodNames[value] }))}
          value={settings.method}
          onChange={setMethod}
        />
        {settings.method === 'columns' ? (
          <p className={classes.note}>
            {settings.columns?.[0]} across, {settings.columns?.[1]} up, as they stand in the data. No vectors
            made these places.
          </p>
        ) : settings.method === 'pca' ? (
          <p className={classes.note}>
            The plane in which the vectors differ most. Straight, quick, and often crowded.
          </p>
        ) : (
          <form key={JSON.stringify(settings)} onSubmit={apply} className={classes.form}>
            {fields.map(({ name, label, step, explanation }) => (
              <div key={name} className={classes.field}>
                <label htmlFor={`${id}-${name}`}>{label}</label>
                <input
                  id={`${id}-${name}`}
                  name={name}
                  type="number"
                  step={step}
                  min={projectionRanges[name].min}
                  max={projectionRanges[name].max}
                  defaultValue={settings[name]}
                  aria-describedby={`${id}-${name}-note`}
                  className={classes.input}
                />
                <p id={`${id}-${name}-note`} className={classes.note}>
                  {explanation}
                </p>
              </div>
            ))}
            <div className={classes.buttons}>
              <Button
                variant="subtle"
                color="gray"
                onClick={() => commit({ projection: defaultProjectionSettings }, 'Change layout')}
              >
                Defaults
              </Button>
              <Button type="submit">Draw again</Button>
            </div>
          </form>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
