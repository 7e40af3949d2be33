import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { alignLayouts, applyAlignment, type LayoutAlignment } from '@/core/projection/align-layouts';
import { layoutOfVectors } from '@/core/projection/projection';
import { type ShownProjection, useProjections } from '@/queries/use-projection';
import { viewStore } from '@/state/view';

export interface AlignedMap {
  readonly run: RunRecord;
  readonly shown: ShownProjection;
  /** Rows × 2 in the coordinates of the first map, NaN for a row without a place. */
  readonly positions: Float32Array;
  /** How it was laid onto the first map; null for that one, and as long as either has no places. */
  readonly alignment: LayoutAlignment | null;
}

/** The maps of runs, the first as it is, the others laid onto it: as they stand now, also while they are being drawn. */
export function useAlignedMaps(runs: readonly RunRecord[], rowCount: number): readonly AlignedMap[] {
  const settings = layoutOfVectors(useStore(viewStore, ({ view }) => view.projection));
  const isIndependent = useStore(viewStore, ({ view }) => view.comparisonMaps.layouts === 'independent');
  const nowhere = useMemo(() => new Float32Array(2 * rowCount).fill(Number.NaN), [rowCount]);
  const reference = runs[0] ?? null;
  const shown = useProjections(
    runs.map((run) => ({ run, startRun: isIndependent || run === reference ? null : reference })),
    settings,
  );
  const fixed = shown[0]?.projection?.positions;
  return runs.map((run, i) => {
    const own = shown[i]!;
    const moved = own.projection?.positions;
    if (i === 0 || fixed === undefined || moved === undefined) {
      return { run, shown: own, positions: (i === 0 ? moved : undefined) ?? nowhere, alignment: null };
    }
    return { run, shown: own, ...layOnto(fixed, moved) };
  });
}

interface LaidOnto {
  readonly fixed: Float32Array;
  readonly positions: Float32Array;
  readonly alignment: LayoutAlignment;
}

const laid = new WeakMap<Float32Array, LaidOnto>();

/** The same array for the same two layouts, as drawing tells new places by identity. */
function layOnto(fixed: Float32Array, moved: Float32Array): LaidOnto {
  const known = laid.get(moved);
  if (known?.fixed === fixed) return known;
  const alignment = alignLayouts(fixed, moved);
  const made = { fixed, alignment, positions: applyAlignment(moved, alignment) };
  laid.set(moved, made);
  return made;
}
