import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { countGroups } from '@/core/dataset/group-rows';
import type { RunRecord } from '@/core/embedding/run';
import { useRowColours } from '@/gl/use-row-colours';
import { columnScaleQuery } from '@/queries/row-scale';
import { useGroupFilter } from '@/queries/use-group-filter';
import { useLens } from '@/queries/use-lens';
import { useOwnColours } from '@/queries/use-own-colours';
import { colourGroup, ownColourKey } from '@/state/filter';
import { viewStore } from '@/state/view';
import { useColouring } from './use-colouring';

export type MapColouring = ReturnType<typeof useMapColours>;

const smallest = 0.6;
const largest = 2.4;
/** Area of points on average, at most; 1 is that of points without a size. */
const mostMeanArea = 1.4;

/** How the rows of a map are drawn: their colours, what dims them, their sizes, and what the legend says of it. */
export function useMapColours(dataset: Dataset, run: RunRecord, isDark: boolean) {
  const colouring = useColouring(dataset, run);
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const sizeBy = useStore(viewStore, ({ view }) => view.sizeBy);
  const isolated = useStore(viewStore, ({ view }) => view.isolated);
  const [focused, setFocused] = useState<ReadonlySet<number> | null>(null);
  const lens = useLens([run]);
  const [percentiles] = lens.percentiles;

  const groups = colouring.kind === 'groups' ? colouring.groups : null;
  const title = colouring.kind === 'groups' ? colouring.title : '';
  const keys = colouring.kind === 'groups' ? colouring.keys : undefined;
  const filter = useGroupFilter(groups);
  const legendGroups = useMemo(() => {
    if (groups === null || isolated.length === 0) return groups;
    const counts = [...countGroups(groups, isolated)];
    return { ...groups, counts, emptyCount: isolated.filter((row) => groups.groupOf[row]! < 0).length };
  }, [groups, isolated]);
  const selectedOf = useMemo(
    () => (groups === null || selection.length === 0 ? null : countGroups(groups, selection)),
    [groups, selection],
  );
  const own = useOwnColours(dataset.id, title, groups, keys);
  const scaleShares = colouring.kind === 'scale' ? colouring.shares : null;
  const shares = useMemo(
    () => percentiles?.map((percentile) => percentile / 100) ?? scaleShares,
    [percentiles, scaleShares],
  );
  const { colours, dims } = useRowColours({
    groups,
    rowCount: dataset.rowCount,
    isDark,
    focused,
    hiddenGroups: filter.hidden,
    selection,
    own,
    shares,
  });
  const sizeScale = useQuery({ ...columnScaleQuery(dataset, sizeBy ?? ''), enabled: sizeBy !== null }).data;
  const sizes = useMemo(() => {
    if (sizeBy === null || sizeScale == null) return null;
    const { values, low, high } = sizeScale;
    // Areas grow evenly with the number; rows without one are as small as the smallest.
    const areas = Float32Array.from(values, (value) => {
      const share = Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, (value - low) / (high - low)));
      return smallest ** 2 + share * (largest ** 2 - smallest ** 2);
    });
    // Where many are large, all are smaller, so that they do not cover the others.
    const mean = areas.reduce((sum, area) => sum + area, 0) / Math.max(1, areas.length);
    const scale = Math.min(1, mostMeanArea / mean);
    return areas.map((area) => Math.sqrt(scale * area));
  }, [sizeBy, sizeScale]);
  const onColour = useCallback(
    (group: number, colour: string | null) =>
      colourGroup(ownColourKey(dataset.id, title, keys?.[group] ?? groups?.names[group] ?? ''), colour),
    [dataset.id, title, keys, groups],
  );
  const lensRow = percentiles == null ? null : lens.row;
  return useMemo(
    () => ({
      colours,
      dims,
      sizes,
      colouring,
      /** Gives a group a colour of its own, or with null the palette's again. */
      onColour,
      own,
      filter,
      onFocusGroup: setFocused,
      /** The groups as the legend counts them: of rows that are drawn alone, only these. */
      legendGroups,
      selectedOf,
      /** The row that the lens is on, once its colours are there. */
      lensRow,
      size: sizeBy === null || sizeScale == null ? null : { name: sizeBy, scale: sizeScale },
    }),
    [
      colours,
      dims,
      sizes,
      colouring,
      onColour,
      own,
      filter,
      legendGroups,
      selectedOf,
      lensRow,
      sizeBy,
      sizeScale,
    ],
  );
}
