import { ActionIcon, Tooltip } from '@mantine/core';
import { PanelLeftOpen } from 'lucide-react';
import { memo } from 'react';
import { AddDataButton, DatasetMenu } from '@/features/dataset/dataset-menu';
import { ExportMenu } from '@/features/export/export-menu';
import { StepsMenu } from '@/features/presentation/steps-menu';
import { RunChips } from '@/features/runs/run-chips';
import { SearchBox } from '@/features/search/search-box';
import { SettingsButton } from './settings-dialog';
import { ThemeButton } from './theme-button';
import classes from './top-bar.module.css';

/** What is there on every screen. Where data and models are behind a button, `onSources` brings them; else it is null. */
export const TopBar = memo(function TopBar({ onSources }: { onSources: (() => void) | null }) {
  return (
    <header className={classes.bar}>
      {onSources !== null && (
        <Tooltip label="Show data and models">
          <ActionIcon aria-label="Show data and models" onClick={onSources}>
            <PanelLeftOpen size={16} strokeWidth={1.5} />
          </ActionIcon>
        </Tooltip>
      )}
      <div className={classes.brand}>
        <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
          <g fill="var(--accent)">
            <circle cx="6" cy="17" r="2.6" />
            <circle cx="12" cy="22" r="2.9" />
            <circle cx="13" cy="13" r="3.1" />
            <circle cx="20" cy="18" r="3.2" />
            <circle cx="21" cy="9" r="2.7" />
            <circle cx="27" cy="13" r="2.3" />
            <circle cx="26" cy="22" r="2" />
          </g>
        </svg>
        <h1 className={classes.name}>Murmuration</h1>
      </div>
      <DatasetMenu />
      <AddDataButton />
      <div className={classes.divider} />
      <div className={classes.chips}>
        <RunChips />
      </div>
      <SearchBox />
      <StepsMenu />
      <ExportMenu />
      <SettingsButton />
      <ThemeButton />
    </header>
  );
});
