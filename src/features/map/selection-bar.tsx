import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SelectionMode } from '@/state/selection';
import classes from './selection-bar.module.css';

interface Props {
  rowCount: number;
  selectedCount: number;
  mode: SelectionMode;
  onMode(mode: SelectionMode): void;
  /** Whether what tells the rows from the others is said above the bar. */
  isDescribed: boolean;
  onDescribe(): void;
  onKeepOnly(): void;
  onZoom(): void;
  onInvert(): void;
  onClear(): void;
  /** Buttons for saved selections. */
  children: ReactNode;
}

const modes = [
  { value: 'replace', label: 'New' },
  { value: 'add', label: 'Add' },
  { value: 'subtract', label: 'Subtract' },
] as const satisfies readonly { value: SelectionMode; label: string }[];

/** How many rows are selected, and what can be done with them. */
export function SelectionBar(props: Props) {
  const { rowCount, selectedCount, mode, onMode, onZoom, onInvert, onClear } = props;
  const { isDescribed, onDescribe, onKeepOnly, children } = props;
  return (
    <section className={classes.bar} aria-label="Selection">
      <p className={classes.count} aria-live="polite">
        <strong>{selectedCount.toLocaleString('en')} selected</strong> of {rowCount.toLocaleString('en')}
      </p>
      <Tooltip label="What the next lasso or box does; Shift adds, Alt subtracts">
        <SegmentedControl
          aria-label="Next area"
          data={modes.map((option) => ({ ...option }))}
          value={mode}
          onChange={(value) => onMode(modes.find((known) => known.value === value)?.value ?? 'replace')}
        />
      </Tooltip>
      <Button
        variant={isDescribed ? 'light' : 'subtle'}
        color={isDescribed ? 'iris' : 'gray'}
        aria-expanded={isDescribed}
        onClick={onDescribe}
      >
        What’s in it
      </Button>
      <Button variant="subtle" color="gray" onClick={onKeepOnly}>
        Keep only these
      </Button>
      {children}
      <Button variant="subtle" color="gray" onClick={onZoom}>
        Zoom to
      </Button>
      <Button variant="subtle" color="gray" onClick={onInvert}>
        Invert
      </Button>
      <Button
        variant="subtle"
        color="gray"
        onClick={onClear}
        rightSection={<kbd className={classes.key}>Esc</kbd>}
      >
        Clear
      </Button>
    </section>
  );
}

interface FilterProps {
  rowCount: number;
  hiddenCount: number;
  onShowAll(): void;
  children: ReactNode;
}

/** How many rows the legend filters out. */
export function FilterBar({ rowCount, hiddenCount, onShowAll, children }: FilterProps) {
  return (
    <section className={classes.bar} aria-label="Filter">
      <p className={classes.count} aria-live="polite">
        <strong>{(rowCount - hiddenCount).toLocaleString('en')} shown</strong>{' '}
        {hiddenCount.toLocaleString('en')} filtered out, kept hollow
      </p>
      <Button variant="subtle" color="gray" onClick={onShowAll}>
        Show all
      </Button>
      {children}
    </section>
  );
}

/** Saved selections, where there is nothing else to say. */
export function SavedBar({ children }: { children: ReactNode }) {
  return (
    <section className={`${classes.bar} ${classes.quiet}`} aria-label="Saved selections">
      {children}
    </section>
  );
}
