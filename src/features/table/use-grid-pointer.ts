import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { hoverChannel } from '@/state/hover';

const restMs = 120;

/**
 * Rings the row under the pointer everywhere. Rows that pass below a resting pointer while the table is scrolled are not meant: the
 * one that comes to lie there is, once it rests.
 */
export function useGridPointer(scroller: RefObject<HTMLElement | null>) {
  const resting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (resting.current !== null) clearTimeout(resting.current);
    },
    [],
  );
  const point = (element: Element | null) => {
    const row = element?.closest<HTMLElement>('tr[data-row]')?.dataset.row;
    hoverChannel.set(row === undefined ? null : Number(row));
  };
  return {
    onScroll: () => {
      if (resting.current !== null) clearTimeout(resting.current);
      resting.current = setTimeout(() => {
        resting.current = null;
        const grid = scroller.current;
        const under = grid?.querySelector('tr[data-row]:hover') ?? null;
        // Keys that scroll mean the row that they go to.
        if (under !== null && grid?.querySelector('tr:focus-visible') === null) point(under);
      }, restMs);
    },
    onPointerOver: ({ pointerType, target }: PointerEvent) => {
      if (pointerType === 'mouse' && resting.current === null && target instanceof Element) point(target);
    },
    onPointerLeave: () => hoverChannel.set(null),
  };
}
