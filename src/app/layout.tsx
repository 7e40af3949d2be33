import { ActionIcon, Drawer, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { PanelLeftClose, PanelLeftOpen, PanelRight, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
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

/** The frame: bar, left panel, centre, inspector, status line. */
export function Layout() {
  useShortcuts();
  useKeptDrawing();
  useWalk();
  const tab = useStore(viewStore, ({ view }) => view.tab);
  const isWide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const isNarrow = useMediaQuery('(max-width: 799px)', false, { getInitialValueInEffect: false });
  const [folded, setFolded] = useState<Record<string, boolean>>({ matrix: true, compare: true });
  const [drawerOpen, setDrawerOpen] = useState(false);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const pinnedBefore = useRef(pinned);
  useEffect(() => {
    if (pinned !== pinnedBefore.current) setDrawerOpen(pinned !== null);
    pinnedBefore.current = pinned;
  }, [pinned]);
  const playing = useStore(playStore, (state) => state.playing);
  const isPresenting = playing?.kind === 'presentation';
  // Beside a presented map or table stands the text that it is about.
  const hasInspector = !isPresenting || (pinned !== null && (tab === 'map' || tab === 'table'));
  // Between a phone and a wide window one panel stands beside the map at a time: both would leave it a strip.
  const isDocked = hasInspector && !isPresenting && !isWide && !isNarrow && drawerOpen;
  const isFolded = isDocked || (folded[tab] ?? false);
  const fold = (value: boolean) => {
    if (!value && isDocked) setDrawerOpen(false);
    setFolded((all) => ({ ...all, [tab]: value }));
  };
  const [areSourcesOpen, setSourcesOpen] = useState(false);
  const inspector = (
    <ErrorBoundary place="The inspector">
      <Inspector />
    </ErrorBoundary>
  );
  return (
    <div
      className={classes.frame}
      data-presenting={isPresenting || undefined}
      data-place={playing?.steps[playing.at]?.place}
    >
      {!isPresenting && (
        <TopBar
          leading={
            isNarrow ? (
              <Tooltip label="Show data and models">
                <ActionIcon aria-label="Show data and models" onClick={() => setSourcesOpen(true)}>
                  <PanelLeftOpen size={16} strokeWidth={1.5} />
                </ActionIcon>
              </Tooltip>
            ) : null
          }
        />
      )}
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
              <DataPanel />
              <ModelsPanel />
              <RunsPanel />
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
          <aside className={classes.left} aria-label="Data and models">
            <div className={classes.sources}>
              <div className={classes.fold}>
                <Tooltip label="Hide data and models" position="right">
                  <ActionIcon aria-label="Hide data and models" onClick={() => fold(true)}>
                    <PanelLeftClose size={16} strokeWidth={1.5} />
                  </ActionIcon>
                </Tooltip>
              </div>
              <DataPanel />
              <ModelsPanel />
            </div>
            <div className={classes.runs}>
              <RunsPanel />
            </div>
          </aside>
        )}
        <main className={classes.centre}>
          <NoticeList />
          <SearchPanel />
          <Centre
            trailing={
              isWide || isDocked ? null : (
                <Tooltip label="Show the inspector">
                  <ActionIcon aria-label="Show the inspector" onClick={() => setDrawerOpen(true)}>
                    <PanelRight size={16} strokeWidth={1.5} />
                  </ActionIcon>
                </Tooltip>
              )
            }
          />
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
      {isPresenting ? <Caption /> : <StatusLine />}
      <TourCard />
      <AddDataDialog />
      <SettingsDialog />
      <KeysDialog />
      <PaletteDoor />
      <RowVoice />
      <DropTarget />
    </div>
  );
}
