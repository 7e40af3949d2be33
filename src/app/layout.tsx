import { ActionIcon, Drawer, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { PanelLeftClose, PanelLeftOpen, X } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { AddDataDialog } from '@/features/dataset/add-data-dialog';
import { DataPanel } from '@/features/dataset/data-panel';
import { DropTarget } from '@/features/dataset/drop-target';
import { Inspector } from '@/features/inspector/inspector';
import { ModelsPanel } from '@/features/models/models-panel';
import { Caption } from '@/features/presentation/caption';
import { TourCard } from '@/features/presentation/tour-card';
import { RunsPanel } from '@/features/runs/runs-panel';
import { SearchPanel } from '@/features/search/search-panel';
import { playStore } from '@/state/playing';
import { changeSearch, searchStore } from '@/state/search';
import { viewStore } from '@/state/view';
import { Centre } from './centre';
import { ErrorBoundary } from './error-boundary';
import { KeysDialog } from './keys-dialog';
import classes from './layout.module.css';
import './presenting.css';
import { NoticeList } from './notice-list';
import { PaletteDoor } from './palette-door';
import { RowVoice } from './row-voice';
import { SettingsDialog } from './settings-dialog';
import { StatusLine } from './status-line';
import { TopBar } from './top-bar';
import { useKeptDrawing } from './use-kept-drawing';
import { useShortcuts } from './use-shortcuts';
import { useWalk } from './use-walk';

// What changes only by itself: as the same elements they rest while the frame around them changes.
const sources = (
  <>
    <DataPanel />
    <ModelsPanel />
  </>
);
const runsPanel = <RunsPanel />;
const inspector = (
  <ErrorBoundary place="The inspector">
    <Inspector />
  </ErrorBoundary>
);
const aboveCentre = (
  <>
    <NoticeList />
    <SearchPanel />
  </>
);
const caption = <Caption />;
const statusLine = <StatusLine />;
const floating = (
  <>
    <TourCard />
    <AddDataDialog />
    <SettingsDialog />
    <KeysDialog />
    <PaletteDoor />
    <RowVoice />
    <DropTarget />
  </>
);

function hideResults(): void {
  if (searchStore.getState().isOpen) changeSearch({ isOpen: false });
}

/** The frame: bar, left panel, centre, inspector, status line. */
export function Layout() {
  useShortcuts();
  useKeptDrawing();
  useWalk();
  // Together with what the tab holds, in slices.
  const tab = useDeferredValue(useStore(viewStore, ({ view }) => view.tab));
  const isWide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const isNarrow = useMediaQuery('(max-width: 799px)', false, { getInitialValueInEffect: false });
  const [folded, setFolded] = useState<Record<string, boolean>>({ matrix: true, compare: true });
  const [drawerOpen, setDrawerOpen] = useState(false);
  const hasPin = useStore(viewStore, ({ view }) => view.pinned !== null);
  useEffect(
    () =>
      viewStore.subscribe(({ view: { pinned } }, { view: before }) => {
        if (pinned !== before.pinned) setDrawerOpen(pinned !== null);
      }),
    [],
  );
  const playing = useStore(playStore, (state) => state.playing);
  const isPresenting = playing?.kind === 'presentation';
  // Beside a presented map or table stands the text that it is about.
  const hasInspector = !isPresenting || (hasPin && (tab === 'map' || tab === 'table'));
  // Between a phone and a wide window one panel stands beside the map at a time: both would leave it a strip.
  const isDocked = hasInspector && !isPresenting && !isWide && !isNarrow && drawerOpen;
  const isFolded = isDocked || (folded[tab] ?? false);
  const fold = (value: boolean) => {
    if (!value && isDocked) setDrawerOpen(false);
    setFolded((all) => ({ ...all, [tab]: value }));
  };
  const [areSourcesOpen, setSourcesOpen] = useState(false);
  const openSources = useCallback(() => setSourcesOpen(true), []);
  const openDrawer = useCallback(() => setDrawerOpen(true), []);
  return (
    <div
      className={classes.frame}
      data-presenting={isPresenting || undefined}
      data-place={playing?.steps[playing.at]?.place}
    >
      {!isPresenting && <TopBar onSources={isNarrow ? openSources : null} />}
      <div
        className={classes.body}
        data-folded={isFolded || undefined}
        data-wide={isWide || undefined}
        data-narrow={isNarrow || undefined}
        data-docked={isDocked || undefined}
        data-pinned={(isPresenting && hasInspector) || undefined}
      >
        {isPresenting ? null : isNarrow ? (
          <Drawer
            opened={areSourcesOpen}
            onClose={() => setSourcesOpen(false)}
            position="left"
            size="min(336px, 100vw - 32px)"
            padding={0}
            classNames={{ header: classes.drawerHead, close: classes.drawerClose }}
            title={<span className={classes.drawerTitle}>Data and models</span>}
            closeButtonProps={{ 'aria-label': 'Close data and models' }}
          >
            <div className={classes.sources}>
              {sources}
              {runsPanel}
            </div>
          </Drawer>
        ) : isFolded ? (
          <nav className={classes.rail} aria-label="Panels">
            <Tooltip label="Show data and models" position="right">
              <ActionIcon aria-label="Show data and models" onClick={() => fold(false)}>
                <PanelLeftOpen size={16} strokeWidth={1.5} />
              </ActionIcon>
            </Tooltip>
          </nav>
        ) : (
          <aside
            className={classes.left}
            aria-label="Data and models"
            // Search results stand over it; what has the keys is seen.
            onFocus={isWide ? hideResults : undefined}
          >
            <div className={classes.sources}>
              <div className={classes.fold}>
                <Tooltip label="Hide data and models" position="right">
                  <ActionIcon aria-label="Hide data and models" onClick={() => fold(true)}>
                    <PanelLeftClose size={16} strokeWidth={1.5} />
                  </ActionIcon>
                </Tooltip>
              </div>
              {sources}
            </div>
            <div className={classes.runs}>{runsPanel}</div>
          </aside>
        )}
        <main className={classes.centre}>
          {aboveCentre}
          <Centre onInspect={isWide || isDocked ? null : openDrawer} />
        </main>
        {!hasInspector ? null : isWide || isPresenting || isDocked ? (
          <aside className={classes.right} aria-label="Selected row">
            {isDocked && (
              <div className={classes.dockedHead}>
                <span className={classes.drawerTitle}>Inspector</span>
                <Tooltip label="Close the inspector">
                  <ActionIcon aria-label="Close the inspector" onClick={() => setDrawerOpen(false)}>
                    <X size={16} strokeWidth={1.5} />
                  </ActionIcon>
                </Tooltip>
              </div>
            )}
            {inspector}
          </aside>
        ) : !isNarrow ? null : (
          <Drawer
            opened={drawerOpen}
            onClose={() => setDrawerOpen(false)}
            position="bottom"
            size="45%"
            padding={0}
            classNames={{ header: classes.drawerHead, close: classes.drawerClose }}
            title={<span className={classes.drawerTitle}>Inspector</span>}
            withOverlay={false}
            closeOnClickOutside={false}
            trapFocus={false}
            lockScroll={false}
            closeButtonProps={{ 'aria-label': 'Close the inspector' }}
          >
            {inspector}
          </Drawer>
        )}
      </div>
      {isPresenting ? caption : statusLine}
      {floating}
    </div>
  );
}
