import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn, defaultColour, groupsOf } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import { placesOnScale } from '@/core/dataset/describe-scale';
import { textAt } from '@/core/dataset/text-column';
import { groupColour } from '@/gl/row-colours';
import { shareColours } from '@/gl/share-colours';
import { useOwnColours } from '@/queries/use-own-colours';
import { viewStore } from '@/state/view';
import { useColumnScale } from './use-column-scale';

export interface RowLabel {
  /** Name of the column. */
  readonly name: string;
  /** Empty where the row has none. */
  valueOf(row: number): string;
  /** The colour of the row on the maps, null where they are not coloured by this column. */
  colourOf(row: number): string | null;
}

/** What labels rows in a list: the column that colours the maps, else the label; null without either. */
export function useRowLabel(dataset: Dataset): RowLabel | null {
  const isDark = useComputedColorScheme('light') === 'dark';
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const isByCluster = (colourBy ?? defaultColour(dataset)).kind === 'cluster';
  const coloured = isByCluster ? null : chosenColourColumn(dataset, colourBy);
  const scale = useColumnScale(dataset, coloured?.name ?? null);
  const groups = coloured === null || scale !== null ? null : groupsOf(coloured);
  const own = useOwnColours(dataset.id, coloured?.name ?? '', groups);
  return useMemo(() => {
    const column = coloured ?? columnNamed(dataset, dataset.labelColumn);
    if (column === undefined) return null;
    const scaled = scale === null ? null : shareColours(placesOnScale(scale), isDark);
    return {
      name: column.name,
      valueOf: (row) => textAt(column.cells, row),
      colourOf: (row) => {
        if (scaled !== null) return `rgb(${scaled.subarray(4 * row, 4 * row + 3).join(' ')})`;
        return groups === null ? null : groupColour(groups.groupOf[row]!, isDark, own);
      },
    };
  }, [dataset, coloured, scale, groups, own, isDark]);
}
