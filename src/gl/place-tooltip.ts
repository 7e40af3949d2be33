import type { Point, Size } from './camera';

/** A mark that a tooltip must leave visible, in CSS pixels. */
export interface TooltipMark extends Point {
  radiusPx: number;
}

/**
 * Top left corner of a tooltip: above the mark if it fits there, else below, right, left, moved sideways as far as needed to stay inside.
 * It never covers the mark; where it fits nowhere, it sticks out of the roomiest side.
 */
export function placeTooltip(mark: TooltipMark, tooltip: Size, area: Size, gapPx = 8): Point {
  const reach = mark.radiusPx + gapPx;
  const rooms = {
    above: mark.y - reach - tooltip.height,
    below: area.height - mark.y - reach - tooltip.height,
    right: area.width - mark.x - reach - tooltip.width,
    left: mark.x - reach - tooltip.width,
  };
  const order = ['above', 'below', 'right', 'left'] as const;
  const side =
    order.find((candidate) => rooms[candidate] >= 0) ??
    order.reduce((best, candidate) => (rooms[candidate] > rooms[best] ? candidate : best));
  const x = slideInside(mark.x - tooltip.width / 2, tooltip.width, area.width);
  const y = slideInside(mark.y - tooltip.height / 2, tooltip.height, area.height);
  switch (side) {
    case 'above':
      return { x, y: mark.y - reach - tooltip.height };
    case 'below':
      return { x, y: mark.y + reach };
    case 'right':
      return { x: mark.x + reach, y };
    case 'left':
      return { x: mark.x - reach - tooltip.width, y };
  }
}

function slideInside(start: number, length: number, room: number): number {
  return Math.max(0, Math.min(start, room - length));
}
