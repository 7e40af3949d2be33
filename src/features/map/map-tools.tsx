import { useHotkeys } from '@mantine/hooks';
import { BoxSelect, Lasso, Move, ScanEye, Waves } from 'lucide-react';
import type { RefObject } from 'react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { MapTool } from '@/gl/area-gesture';
import type { PointMapHandle } from '@/gl/point-map';
import { holdLens, lensStore, toggleLens } from '@/state/lens';
import { commit, redo, undo, viewStore } from '@/state/view';
import { useHeldKey } from '@/ui/use-held-key';
import { ViewTools } from '@/ui/view-tools';

const tools = [
  { tool: 'move', name: 'Move', key: 'V', Icon: Move },
  { tool: 'lasso', name: 'Lasso', key: 'L', Icon: Lasso },
  { tool: 'box', name: 'Box', key: 'B', Icon: BoxSelect },
] as const;

interface Props {
  map: RefObject<PointMapHandle | null>;
  tool: MapTool;
  onTool(tool: MapTool): void;
}

/** What dragging does, zoom, and the way back. */
export const MapTools = memo(function MapTools({ map, tool, onTool }: Props) {
  const undoable = useStore(viewStore, (history) => history.undoable.at(-1)?.label ?? null);
  const redoable = useStore(viewStore, (history) => history.redoable.at(-1)?.label ?? null);
  const isLensOn = useStore(lensStore, (lens) => lens.isOn || lens.isHeld);
  const hasContours = useStore(viewStore, ({ view }) => view.contours);
  useHeldKey('d', holdLens);
  useHotkeys(tools.map((choice) => [choice.key, () => onTool(choice.tool)]));
  return (
    <ViewTools
      label="Map tools"
      modes={[
        ...tools.map(({ tool: choice, name, key, Icon }) => ({
          name,
          hint: `${name} (${key})`,
          Icon,
          isOn: tool === choice,
          act: () => onTool(choice),
        })),
        {
          name: 'Distance lens',
          hint: 'Distance lens: colours say how alike all rows are to the one under the pointer (hold D)',
          Icon: ScanEye,
          isOn: isLensOn,
          act: toggleLens,
        },
        {
          name: 'Contours',
          hint: 'Contours: lines of equal density',
          Icon: Waves,
          isOn: hasContours,
          act: () => commit({ contours: !hasContours }, hasContours ? 'Hide contours' : 'Show contours'),
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
