import { useHotkeys } from '@mantine/hooks';
import { BoxSelect, Lasso, Move } from 'lucide-react';
import type { RefObject } from 'react';
import { useStore } from 'zustand';
import type { MapTool } from '@/gl/area-gesture';
import type { PointMapHandle } from '@/gl/point-map';
import { redo, undo, viewStore } from '@/state/view';
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
export function MapTools({ map, tool, onTool }: Props) {
  const undoable = useStore(viewStore, (history) => history.undoable.at(-1)?.label ?? null);
  const redoable = useStore(viewStore, (history) => history.redoable.at(-1)?.label ?? null);
  useHotkeys(tools.map((choice) => [choice.key, () => onTool(choice.tool)]));
  return (
    <ViewTools
      label="Map tools"
      modes={tools.map(({ tool: choice, name, key, Icon }) => ({
        name,
        hint: `${name} (${key})`,
        Icon,
        isOn: tool === choice,
        act: () => onTool(choice),
      }))}
      onZoomIn={() => map.current?.zoomIn()}
      onZoomOut={() => map.current?.zoomOut()}
      onFit={() => map.current?.fit()}
      undo={undoable === null ? null : { label: undoable, act: undo }}
      redo={redoable === null ? null : { label: redoable, act: redo }}
    />
  );
}
