import { memo, type RefObject, useState } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { PointMapHandle } from '@/gl/point-map';
import { showAllGroups } from '@/state/filter';
import { isolateRows, savedOf } from '@/state/saved-selections';
import { clearSelection, type SelectionMode, selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import { SavedMenu } from './saved-menu';
import { FilterBar, SavedBar, SelectionBar } from './selection-bar';
import { SelectionCard } from './selection-card';

interface Props {
  map: RefObject<PointMapHandle | null>;
  dataset: Dataset;
  hiddenCount: number;
  mode: SelectionMode;
  onMode(mode: SelectionMode): void;
}

/** What stands at the bottom of the map: the selection, or else what the legend filters out, or what was saved. */
export const MapBars = memo(function MapBars({ map, dataset, hiddenCount, mode, onMode }: Props) {
  const { rowCount } = dataset;
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const isolated = useStore(viewStore, ({ view }) => view.isolated);
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const savedCount = savedOf(
    useStore(viewStore, ({ view }) => view.savedSelections),
    dataset.id,
  ).length;
  const [isDescribed, setDescribed] = useState(false);
  const savedMenu = <SavedMenu datasetId={dataset.id} />;
  if (selection.length > 0)
    return (
      <>
        {isDescribed && (
          <SelectionCard
            dataset={dataset}
            selection={selection}
            column={chosenColourColumn(dataset, colourBy)}
          />
        )}
        <SelectionBar
          rowCount={rowCount}
          selectedCount={selection.length}
          mode={mode}
          onMode={onMode}
          isDescribed={isDescribed}
          onDescribe={() => setDescribed(!isDescribed)}
          onKeepOnly={() => isolateRows(selection)}
          onZoom={() => map.current?.fitRows(selection)}
          onInvert={() => {
            const taken = new Set(selection);
            const all = isolated.length > 0 ? isolated : Array(rowCount).keys();
            selectRows(
              [...all].filter((row) => !taken.has(row)),
              'replace',
              'Invert selection',
            );
          }}
          onClear={clearSelection}
        >
          {savedMenu}
        </SelectionBar>
      </>
    );
  if (hiddenCount > 0)
    return (
      <FilterBar rowCount={rowCount} hiddenCount={hiddenCount} onShowAll={showAllGroups}>
        {savedMenu}
      </FilterBar>
    );
  return savedCount > 0 ? <SavedBar>{savedMenu}</SavedBar> : null;
});
