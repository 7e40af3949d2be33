import type { RefObject } from 'react';
import { useStore } from 'zustand';
import type { PointMapHandle } from '@/gl/point-map';
import { showAllGroups } from '@/state/filter';
import { clearSelection, type SelectionMode, selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import { FilterBar, SelectionBar } from './selection-bar';

interface Props {
  map: RefObject<PointMapHandle | null>;
  rowCount: number;
  hiddenCount: number;
  mode: SelectionMode;
  onMode(mode: SelectionMode): void;
}

/** What stands at the bottom of the map: the selection, or else what the legend filters out. */
export function MapBars({ map, rowCount, hiddenCount, mode, onMode }: Props) {
  const selection = useStore(viewStore, ({ view }) => view.selection);
  if (selection.length > 0)
    return (
      <SelectionBar
        rowCount={rowCount}
        selectedCount={selection.length}
        mode={mode}
        onMode={onMode}
        onZoom={() => map.current?.fitRows(selection)}
        onInvert={() => selectRows(otherRows(selection, rowCount), 'replace', 'Invert selection')}
        onClear={clearSelection}
      />
    );
  return hiddenCount > 0 ? (
    <FilterBar rowCount={rowCount} hiddenCount={hiddenCount} onShowAll={showAllGroups} />
  ) : null;
}

function otherRows(rows: readonly number[], rowCount: number): number[] {
  const taken = new Set(rows);
  return Array.from({ length: rowCount }, (_, row) => row).filter((row) => !taken.has(row));
}
