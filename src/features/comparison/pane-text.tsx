import { memo, type RefObject, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { layoutOfVectors } from '@/core/projection/projection';
import { PlaceMark } from '@/gl/place-mark';
import type { PointMapHandle } from '@/gl/point-map';
import { usePlacedText } from '@/queries/placed-text';
import { viewStore } from '@/state/view';

interface Props {
  dataset: Dataset;
  run: RunRecord;
  map: RefObject<PointMapHandle | null>;
  /** The finished map as it is drawn here; null while it is on its way. */
  positions: Float32Array | null;
}

/** The typed text on one of the maps, where the run's model has read it. */
export const PaneText = memo(function PaneText({ dataset, run, map, positions }: Props) {
  const settings = layoutOfVectors(useStore(viewStore, ({ view }) => view.projection));
  // Aligned maps are turned and scaled, so the plane of the vectors says nothing of places here.
  const layout = useMemo(() => (positions === null ? null : { positions, isPlane: false }), [positions]);
  const placed = usePlacedText(dataset, run, settings, layout);
  return placed === null ? null : <PlaceMark map={map} paneKey={run.id} {...placed} label={placed.text} />;
});
