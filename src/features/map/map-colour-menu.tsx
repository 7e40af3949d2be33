import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ColourChoice } from '@/core/dataset/colour-choice';
import { chosenColourColumn, defaultColour, offeredColumns } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { isSettled } from '@/queries/neighbours';
import { columnScaleQuery } from '@/queries/row-scale';
import { colourRowsBy } from '@/state/filter';
import { commit, viewStore } from '@/state/view';
import { colourName } from './colour-name';
import classes from './map-colour-menu.module.css';

interface Props {
  dataset: Dataset;
  runs: readonly RunRecord[];
  active: RunRecord;
}

/** By what points are coloured, and by what they are large or small. */
export function MapColourMenu({ dataset, runs, active }: Props) {
  const choice = useStore(viewStore, ({ view }) => view.colourBy);
  const sizeBy = useStore(viewStore, ({ view }) => view.sizeBy);
  const columns = useMemo(() => offeredColumns(dataset), [dataset]);
  const column = chosenColourColumn(dataset, choice);
  const shown = choice ?? defaultColour(dataset);
  const chosen =
    shown.kind === 'column'
      ? encode(column === null ? { kind: 'none' } : { kind: 'column', name: column.name })
      : encode(shown);
  const others = runs.filter((run) => run.id !== active.id && isSettled(run));
  const fromVectors: { choice: ColourChoice; label: string }[] = [
    { choice: { kind: 'cluster' }, label: 'Cluster' },
    { choice: { kind: 'similarity' }, label: 'Similarity to the pinned row' },
    { choice: { kind: 'trust' }, label: 'Trust in the place' },
    { choice: { kind: 'stability' }, label: 'Stability over seeds (draws four more)' },
    ...others.map(({ id, spec }) => ({
      choice: { kind: 'agreement', run: id } as const,
      label: `Agreement with ${runName(spec)}`,
    })),
  ];
  const name = colourName(dataset, choice, runs);
  const [isOpen, { open, close }] = useDisclosure(false);
  const scales = useQueries({
    queries: columns.map((column) => ({
      ...columnScaleQuery(dataset, column.name),
      enabled: isOpen,
    })),
  });
  const numeric = columns.filter((_, i) => scales[i]?.data?.kind === 'number');
  return (
    <Menu position="bottom-end" opened={isOpen} onOpen={open} onClose={close}>
      <Menu.Target>
        <Button
          variant="default"
          aria-label={`Colour: ${name}`}
          rightSection={<ChevronDown size={14} strokeWidth={1.5} />}
        >
          <span className={classes.face}>
            <span className={classes.label}>Colour</span>
            <span className={classes.value}>{name}</span>
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        <Menu.RadioGroup value={chosen} onChange={(value) => colourRowsBy(decode(value))}>
          {columns.length > 0 && <Menu.Label>Columns</Menu.Label>}
          {columns.map(({ name: column }) => (
            <Menu.RadioItem key={column} value={encode({ kind: 'column', name: column })} closeMenuOnClick>
              {column}
            </Menu.RadioItem>
          ))}
          <Menu.RadioItem value={encode({ kind: 'none' })} closeMenuOnClick>
            none
          </Menu.RadioItem>
          <Menu.Label>From the vectors</Menu.Label>
          {fromVectors.map(({ choice: offered, label }) => (
            <Menu.RadioItem key={encode(offered)} value={encode(offered)} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {(numeric.length > 0 || sizeBy !== null) && (
          <Menu.RadioGroup
            value={sizeBy ?? allAlike}
            onChange={(value) => commit({ sizeBy: value === allAlike ? null : value }, 'Change size')}
          >
            <Menu.Label>Size of points by a number</Menu.Label>
            <Menu.RadioItem value={allAlike} closeMenuOnClick>
              all alike
            </Menu.RadioItem>
            {numeric.map(({ name: column }) => (
              <Menu.RadioItem key={column} value={column} closeMenuOnClick>
                {column}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** No column is named so: names are trimmed and never empty. */
const allAlike = '';

function encode(choice: ColourChoice): string {
  return JSON.stringify(choice);
}

function decode(value: string): ColourChoice {
  return JSON.parse(value) as ColourChoice;
}
