import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { OwnColours } from '@/gl/row-colours';
import { viewStore } from '@/state/view';
import type { EdgeMarks } from './edge-strips';
import { findSpans, type MatrixOrder } from './matrix-order';
import type { Bars } from './use-bars';

const noColours: OwnColours = new Map();

/** What stands beside the rows of an order. */
export function useEdgeMarks(
  dataset: Dataset,
  { rows, tree }: MatrixOrder,
  bars: Bars | null,
  pinned: number | null,
): EdgeMarks {
  const groups = bars?.groups ?? null;
  const own = bars?.own ?? noColours;
  const spans = useMemo(() => (groups === null ? [] : findSpans(rows, groups.groupOf)), [groups, rows]);
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const places = useMemo(() => {
    const found = new Int32Array(dataset.rowCount).fill(-1);
    rows.forEach((row, at) => {
      found[row] = at;
    });
    return found;
  }, [dataset, rows]);
  const selected = useMemo(() => {
    if (selection.length === 0) return [];
    const chosen = new Int32Array(dataset.rowCount).fill(-1);
    for (const row of selection) chosen[row] = 0;
    return findSpans(rows, chosen).filter(({ group }) => group === 0);
  }, [dataset, rows, selection]);
  return useMemo(
    () => ({
      count: rows.length,
      spans,
      groups,
      own,
      tree,
      selected,
      pinned: pinned === null || (places[pinned] ?? -1) < 0 ? null : places[pinned]!,
      placeOf: (row) => places[row] ?? -1,
      textAt: textsOf(dataset, rows),
    }),
    [dataset, rows, spans, groups, own, tree, selected, places, pinned],
  );
}

/** What stands beside rows of a picture that nobody points at: their groups and texts. */
export function plainMarks(dataset: Dataset, rows: Uint32Array, bars: Bars | null): EdgeMarks {
  return {
    count: rows.length,
    spans: bars === null ? [] : findSpans(rows, bars.groups.groupOf),
    groups: bars?.groups ?? null,
    own: bars?.own ?? noColours,
    tree: null,
    selected: [],
    pinned: null,
    placeOf: () => -1,
    textAt: textsOf(dataset, rows),
  };
}

const longestText = 200;

function textsOf({ texts }: Dataset, rows: Uint32Array): (index: number) => string {
  return (index) => textAt(texts, rows[index]!).slice(0, longestText);
}
