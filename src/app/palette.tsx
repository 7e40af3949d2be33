import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { offeredColumns } from '@/core/dataset/colour-column';
import { runName } from '@/core/embedding/run-name';
import { startTour } from '@/features/presentation/tour-offer';
import { ModelMark } from '@/gl/model-mark';
import { sampleName } from '@/queries/datasets';
import { useDataset, useRuns } from '@/queries/use-workspace';
import {
  closePalette,
  dialogStore,
  openAddData,
  openKeys,
  openSettings,
  takePalette,
  typeInPalette,
} from '@/state/dialogs';
import { colourRowsBy } from '@/state/filter';
import { clearPins, swapPins } from '@/state/pins';
import { startPlaying } from '@/state/playing';
import { clearSelection } from '@/state/selection';
import { stepsOf } from '@/state/steps';
import { commit, redo, undo, type View, viewStore } from '@/state/view';
import classes from './palette.module.css';
import { giveFocusBack } from './palette-focus';

const tabs: readonly { tab: View['tab']; name: string }[] = [
  { tab: 'map', name: 'Map' },
  { tab: 'matrix', name: 'Matrix' },
  { tab: 'compare', name: 'Compare' },
  { tab: 'table', name: 'Table' },
];

/** Everything that can be done, found by typing its name. Opens each time it is asked for. */
export function Palette() {
  const palette = useStore(dialogStore, (dialogs) => dialogs.palette);
  const query = useStore(dialogStore, (dialogs) => dialogs.paletteQuery);
  const field = useRef<HTMLInputElement>(null);
  const takeKeys = useCallback((input: HTMLInputElement | null) => {
    field.current = input;
    if (input !== null && dialogStore.getState().palette === 'coming') focusField(input);
  }, []);
  useEffect(() => {
    if (palette === 'coming') {
      spotlight.open();
      // Asked for again while it was going.
      if (field.current !== null) focusField(field.current);
    }
    if (palette === 'open' && field.current !== null) catchUp(field.current);
    if (palette === 'closed') spotlight.close();
  }, [palette]);
  const groups = useGroups();
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      query={query}
      onQueryChange={typeInPalette}
      onSpotlightClose={() => {
        closePalette();
        setTimeout(giveFocusBack, 10);
      }}
      returnFocus={false}
      attributes={{ content: { 'aria-label': 'Commands' } }}
      nothingFound="Nothing of that name"
      highlightQuery
      scrollable
      maxHeight={420}
      limit={60}
      radius={8}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      classNames={{ inner: classes.inner, actionsGroup: classes.group, action: classes.action }}
      searchProps={{
        ref: takeKeys,
        leftSection: <Search size={16} strokeWidth={1.5} />,
        placeholder: 'What to do, a run, a tab, a column',
        'aria-label': 'Command',
      }}
    />
  );
}

/** From here on what is typed goes to the palette's own field; what was typed before stands in it. */
function focusField(input: HTMLInputElement): void {
  takePalette();
  input.focus({ preventScroll: true });
}

/** What was typed while it was coming has the first it finds marked, as if it were typed now. */
function catchUp(input: HTMLInputElement): void {
  const { paletteQuery, isEnterHeld } = dialogStore.getState();
  const press = (code: string) =>
    input.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }));
  if (paletteQuery === '') return;
  press('ArrowDown');
  if (isEnterHeld) press('Enter');
}

function useGroups(): SpotlightActionGroupData[] {
  const dataset = useDataset();
  const runs = useRuns().filter(({ doneCount }) => doneCount > 0);
  const { toggleColorScheme } = useMantineColorScheme();
  const undoable = useStore(viewStore, (history) => history.undoable.at(-1)?.label ?? null);
  const redoable = useStore(viewStore, (history) => history.redoable.at(-1)?.label ?? null);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const second = useStore(viewStore, ({ view }) => view.secondPin);
  const selected = useStore(viewStore, ({ view }) => view.selection.length);
  const allSteps = useStore(viewStore, ({ view }) => view.steps);
  const steps = stepsOf(allSteps, dataset?.id ?? null);
  const action = (id: string, label: string, onClick: () => void, description?: string) => ({
    id,
    label,
    onClick,
    ...(description === undefined ? {} : { description }),
  });
  const columns = dataset === null ? [] : dataset.columns.map(({ name }) => name);
  return [
    {
      group: 'Go to',
      actions: tabs.map(({ tab, name }) => action(`tab ${tab}`, name, () => commit({ tab }))),
    },
    {
      group: 'Runs',
      actions: runs.map((run) => ({
        ...action(
          `run ${run.id}`,
          runName(run.spec),
          () => commit({ activeRun: run.id }, 'Change run'),
          'Show this run on the map, in the matrix and the table',
        ),
        leftSection: <ModelMark slot={run.slot} />,
      })),
    },
    {
      group: 'Columns',
      actions: [
        ...(dataset === null ? [] : offeredColumns(dataset)).map(({ name }) =>
          action(`colour ${name}`, `Colour by ${name}`, () => colourRowsBy({ kind: 'column', name })),
        ),
        action('colour none', 'One colour for all', () => colourRowsBy({ kind: 'none' })),
        action('colour cluster', 'Colour by cluster', () => colourRowsBy({ kind: 'cluster' })),
        action('colour similarity', 'Colour by similarity to the pinned row', () =>
          colourRowsBy({ kind: 'similarity' }),
        ),
        action('colour trust', 'Colour by trust in the place', () => colourRowsBy({ kind: 'trust' })),
        action('colour stability', 'Colour by stability over seeds', () =>
          colourRowsBy({ kind: 'stability' }),
        ),
        ...['Text', ...columns].map((name, i) =>
          action(`sort ${name}`, `Sort the table by ${name}`, () =>
            commit(
              {
                tab: 'table',
                tableSort: { column: i === 0 ? 'text' : `column:${name}`, isDescending: false },
              },
              `Sort by ${name}`,
            ),
          ),
        ),
      ],
    },
    {
      group: 'Actions',
      actions: [
        action('search', 'Search texts', focusSearch, '/'),
        action('add', 'Add data', () => openAddData()),
        ...(undoable === null ? [] : [action('undo', `Undo: ${undoable}`, undo)]),
        ...(redoable === null ? [] : [action('redo', `Redo: ${redoable}`, redo)]),
        ...(pinned === null ? [] : [action('unpin', `Unpin row ${pinned}`, clearPins)]),
        ...(second === null ? [] : [action('swap', 'Swap the two pinned rows', swapPins)]),
        ...(selected === 0
          ? []
          : [action('clear', `Clear the selection of ${selected.toLocaleString('en')}`, clearSelection)]),
        ...(steps.length === 0
          ? []
          : [action('present', 'Present the steps', () => startPlaying('presentation', steps))]),
        ...(dataset?.name === sampleName ? [action('tour', 'Take the tour', startTour)] : []),
        action('settings', 'Settings', openSettings),
        action('theme', 'Switch between light and dark', toggleColorScheme),
        action('keys', 'List the keys', openKeys, '?'),
      ],
    },
  ].filter(({ actions }) => actions.length > 0);
}

/** Once the palette has given the focus back. */
function focusSearch(): void {
  setTimeout(() => document.querySelector<HTMLElement>('input[aria-label="Search"]')?.focus(), 250);
}
