import { type JSX, memo, type ReactNode, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { placeTooltip } from './place-tooltip';
import type { PointScene } from './point-scene';

const none = (): null => null;
const nothing = (): (() => void) => () => {};

/** The tooltip of the hovered row of a map, beside its mark. Only it renders again on hover. */
export const MapTooltip = memo(function MapTooltip({
  scene,
  renderTooltip,
  markRadiusPx,
}: {
  scene: PointScene | null;
  renderTooltip: (row: number) => ReactNode;
  markRadiusPx: number;
}): JSX.Element | null {
  const open = useSyncExternalStore(
    scene?.pointer.subscribeTooltip ?? nothing,
    scene?.pointer.openTooltip ?? none,
  );
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = box.current;
    const area = element?.offsetParent;
    if (scene === null || open === null || element === null || !(area instanceof HTMLElement)) return;
    const move = (): void => {
      const rect = scene.paneRect(open.paneKey);
      const mark = scene.locateRow(open.paneKey, open.row);
      if (rect === null || mark === null) return;
      const place = placeTooltip(
        { x: rect.x + mark.x, y: rect.y + mark.y, radiusPx: markRadiusPx },
        { width: element.offsetWidth, height: element.offsetHeight },
        { width: area.clientWidth, height: area.clientHeight },
      );
      element.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
    };
    move();
    return scene.subscribeCamera(move);
  });

  if (open === null) return null;
  return (
    <div ref={box} role="tooltip" style={tooltipStyle}>
      {renderTooltip(open.row)}
    </div>
  );
});

/** A tooltip is as wide as its card, at most 244 px, and lets the pointer through. */
export const tooltipStyle = {
  position: 'absolute',
  top: 0,
  left: 0,
  // Above the cards at the map's edges too.
  zIndex: 1,
  width: 'max-content',
  maxWidth: 244,
  pointerEvents: 'none',
} as const;
