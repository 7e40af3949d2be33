import { useElementSize } from '@mantine/hooks';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/**
 * How many of a table's columns do not fit beside each other, counted from the end; 0 unless `isWanted`. `ref` belongs on what the
 * table would scroll in, which is measured with all `count` columns there.
 */
export function useFittingColumns(isWanted: boolean, count: number) {
  const { ref: observe, width } = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement | null>(null);
  const natural = useRef<readonly number[]>([]);
  const [left, setLeft] = useState({ out: 0, of: count });
  const hidden = isWanted && left.of === count ? left.out : 0;
  // No list of dependencies: whatever changes a cell's words changes its column's width.
  useLayoutEffect(() => {
    if (!isWanted || element.current === null || width === 0) return;
    const heads = Array.from(element.current.querySelectorAll('thead th'));
    if (hidden === 0) natural.current = heads.map((head) => head.getBoundingClientRect().width);
    let end = 0;
    const fitting = natural.current.filter((column) => {
      end += column;
      return end <= element.current!.clientWidth + 1;
    }).length;
    const out = Math.min(count - 1, natural.current.length - fitting);
    if (out !== left.out || left.of !== count) setLeft({ out, of: count });
  });
  const ref = useCallback(
    (node: HTMLDivElement | null) => {
      element.current = node;
      return observe(node);
    },
    [observe],
  );
  return { ref, hidden };
}
