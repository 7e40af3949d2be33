import { type JSX, type RefObject, useLayoutEffect, useRef } from 'react';
import type { PointMapHandle } from './point-map';

interface Props {
  map: RefObject<PointMapHandle | null>;
  paneKey: string;
  /** Place in the pane's own coordinates. */
  x: number;
  y: number;
  /** What stands beside it. */
  label: string;
  /** Rows it is joined with. */
  near: readonly number[];
}

const mostLetters = 36;
const reachPx = 7;
const roomPx = 240;

/** A place on a map that is no row's, such as that of a typed text: a cross with its words, joined with rows. Belongs into `renderPane`. */
export function PlaceMark({ map, paneKey, x, y, label, near }: Props): JSX.Element {
  const root = useRef<SVGGElement>(null);
  useLayoutEffect(() => {
    const move = (): void => {
      const group = root.current;
      const place = map.current?.project(paneKey, { x, y }) ?? null;
      const width = map.current?.paneRect(paneKey)?.width ?? 0;
      if (group === null) return;
      group.style.display = place === null ? 'none' : '';
      if (place === null) return;
      group.querySelectorAll('line').forEach((line, i) => {
        const end = map.current?.locateRow(paneKey, near[i] ?? -1) ?? null;
        line.style.display = end === null ? 'none' : '';
        if (end === null) return;
        for (const [name, value] of Object.entries({ x1: place.x, y1: place.y, x2: end.x, y2: end.y }))
          line.setAttribute(name, value.toFixed(2));
      });
      const mark = group.querySelector('[data-mark="text"]');
      mark?.setAttribute('transform', `translate(${place.x.toFixed(2)} ${place.y.toFixed(2)})`);
      const words = group.querySelector('text');
      const isLeft = place.x + roomPx > width;
      words?.setAttribute('text-anchor', isLeft ? 'end' : 'start');
      words?.setAttribute('x', String(isLeft ? -reachPx - 5 : reachPx + 5));
    };
    move();
    return map.current?.subscribeCamera(move);
  }, [map, paneKey, x, y, near]);
  const shown = label.length > mostLetters ? `${label.slice(0, mostLetters - 1).trimEnd()}…` : label;
  return (
    <svg
      width="100%"
      height="100%"
      aria-hidden="true"
      style={{ position: 'absolute', inset: 0, pointerEvents: 'none' }}
    >
      <g ref={root}>
        {near.map((row) => (
          <line key={row} stroke="var(--accent)" strokeOpacity={0.45} strokeWidth={1} data-row={row} />
        ))}
        <g data-mark="text">
          <path d={starPath} fill="var(--accent)" stroke="var(--canvas)" strokeWidth={1.5} />
          <text y={4} style={wordsStyle}>
            {shown}
          </text>
        </g>
      </g>
    </svg>
  );
}

/** Four points: no row's shape and no model's. */
const starPath = `M0 ${-reachPx}L2 -2L${reachPx} 0L2 2L0 ${reachPx}L-2 2L${-reachPx} 0L-2 -2Z`;

const wordsStyle = {
  fill: 'var(--accent-text)',
  fontSize: 12,
  fontWeight: 600,
  paintOrder: 'stroke',
  stroke: 'var(--canvas)',
  strokeWidth: 3.5,
  strokeLinejoin: 'round',
} as const;
