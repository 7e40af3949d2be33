import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { PanelRight } from 'lucide-react';
import { lazy, memo, Suspense, useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import { ComparisonControls } from '@/features/comparison/comparison-controls';
import { MapControls } from '@/features/map/map-controls';
import { MatrixControls } from '@/features/matrix/matrix-controls';
import { RunProgress } from '@/features/runs/run-progress';
import { TableControls } from '@/features/table/table-controls';
import { playStore } from '@/state/playing';
import { commit, type View, viewStore } from '@/state/view';
import { Message } from '@/ui/message';
import classes from './centre.module.css';
import { ErrorBoundary } from './error-boundary';
import { SampleStrip } from './sample-strip';

// The drawing code comes after the first script.
const MapView = lazy(async () => ({ default: (await import('@/features/map/map-view')).MapView }));
const MatrixView = lazy(async () => ({
  default: (await import('@/features/matrix/matrix-view')).MatrixView,
}));
const ComparisonView = lazy(async () => ({
  default: (await import('@/features/comparison/comparison-view')).ComparisonView,
}));
const TableView = lazy(async () => ({ default: (await import('@/features/table/table-view')).TableView }));

const tabs = [
  { value: 'map', name: 'Map', place: 'The map', Controls: MapControls, Content: MapView },
  { value: 'matrix', name: 'Matrix', place: 'The matrix', Controls: MatrixControls, Content: MatrixView },
  {
    value: 'compare',
    name: 'Compare',
    place: 'The comparison',
    Controls: ComparisonControls,
    Content: ComparisonView,
  },
  { value: 'table', name: 'Table', place: 'The table', Controls: TableControls, Content: TableView },
] as const satisfies readonly { value: View['tab']; [key: string]: unknown }[];

function tabNamed(name: View['tab']): (typeof tabs)[number] {
  return tabs.find(({ value }) => value === name) ?? tabs[0];
}

/** The views of the chosen run, one at a time. Where the inspector is behind a button, `onInspect` brings it; else it is null. */
export const Centre = memo(function Centre({ onInspect }: { onInspect: (() => void) | null }) {
  const playing = useStore(playStore, (state) => state.playing?.kind ?? null);
  const isPresenting = playing === 'presentation';
  const current = useStore(viewStore, ({ view }) => view.tab);
  // What a tab holds is mounted in slices, between which the page goes on answering; until it is there, the last one stays.
  const mounted = useDeferredValue(current);
  const shown = tabNamed(current);
  const content = useMemo(() => {
    const { value, place, Content } = tabNamed(mounted);
    return (
      <ErrorBoundary key={value} place={place}>
        <Suspense fallback={<Message title="Loading the drawing code" />}>
          <Content />
        </Suspense>
      </ErrorBoundary>
    );
  }, [mounted]);
  return (
    <Tabs
      value={shown.value}
      onChange={(value) => commit({ tab: tabs.find((tab) => tab.value === value)?.value ?? 'map' })}
      keepMounted={false}
      className={classes.tabs}
      classNames={{ panel: classes.panel, tab: classes.tab }}
    >
      {!isPresenting && (
        <div className={classes.head} data-controls>
          <Tabs.List className={classes.list}>
            {tabs.map(({ value, name }) => (
              <Tabs.Tab key={value} value={value}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <div className={classes.controls}>
            <shown.Controls />
          </div>
          {onInspect !== null && (
            <Tooltip label="Show the inspector">
              <ActionIcon aria-label="Show the inspector" onClick={onInspect}>
                <PanelRight size={16} strokeWidth={1.5} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      )}
      {playing === null && <SampleStrip />}
      {!isPresenting && <RunProgress />}
      <Tabs.Panel value={shown.value}>{content}</Tabs.Panel>
    </Tabs>
  );
});
