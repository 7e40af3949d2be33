import { ScanEye } from 'lucide-react';
import type { RefObject } from 'react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { PointMapHandle } from '@/gl/point-map';
import { holdLens, lensStore, toggleLens } from '@/state/lens';
import { redo, undo, viewStore } from '@/state/view';
import { useHeldKey } from '@/ui/use-held-key';
import { ViewTools } from '@/ui/view-tools';

/** The distance lens, zoom, and the way back. */
export const PairTools = memo(function PairTools({ map }: { map: RefObject<PointMapHandle | null> }) {
  const undoable = useStore(viewStore, (history) => history.undoable.at(-1)?.label ?? null);
  const redoable = useStore(viewStore, (history) => history.redoable.at(-1)?.label ?? null);
  const isLensOn = useStore(lensStore, (lens) => lens.isOn || lens.isHeld);
  useHeldKey('d', holdLens);
  return (
    <ViewTools
      label="Map tools"
      modes={[
        {
          name: 'Distance lens',
          hint: 'Distance lens: in each map, colours say how alike its model finds all rows to the one under the pointer (hold D)',
          Icon: ScanEye,
          isOn: isLensOn,
          act: toggleLens,
        },
      ]}
      onZoomIn={() => map.current?.zoomIn()}
      onZoomOut={() => map.current?.zoomOut()}
      onFit={() => map.current?.fit()}
      undo={undoable === null ? null : { label: undoable, act: undo }}
      redo={redoable === null ? null : { label: redoable, act: redo }}
    />
  );
});
