import { useElementSize } from '@mantine/hooks';
import * as Plot from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import { modelColour, modelColourVariable, modelSlotCount } from '@/gl/palettes';
import classes from './smaller-panel.module.css';

export interface ReductionPoint {
  readonly slot: number;
  /** Name of the run. */
  readonly name: string;
  /** Numbers and code: "256 int8". */
  readonly way: string;
  /** Of a million rows. */
  readonly megabytes: number;
  /** Share kept, with its interval. */
  readonly kept: number;
  readonly low: number;
  readonly high: number;
  /** Whether nothing smaller keeps as much. */
  readonly isFrontier: boolean;
}

const heightPx = 220;
/** Ways of one size stand beside each other, a run's at its own place, so that their intervals do not cover each other. */
const stepShare = 1.035;
/** Names on the line stay this far apart. */
const nameRoomPx = 64;
const symbols = ['hexagon', 'square', 'triangle', 'diamond', 'triangle2', 'cross'] as const;
/** Later runs share a grey square and carry their number, as their marks do everywhere. */
const laterSymbol = 'square';

/** Size against what is kept, one mark a way, shape and colour by run; a line along what nothing smaller beats. */
export function ReductionChart({ points, kept }: { points: readonly ReductionPoint[]; kept: string }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const frame = canvas.current;
    if (frame === null || width === 0) return;
    const chart = draw(points, kept, width);
    frame.replaceChildren(chart);
    return () => chart.remove();
  }, [points, kept, width]);
  return (
    <div ref={ref} className={classes.chart}>
      <div ref={canvas} />
    </div>
  );
}

function draw(points: readonly ReductionPoint[], kept: string, width: number) {
  const frontier = points
    .filter(({ isFrontier }) => isFrontier)
    .toSorted((a, b) => a.megabytes - b.megabytes);
  const colourOf = ({ slot }: ReductionPoint) =>
    `var(${modelColourVariable(slot)}, ${modelColour(slot, false)})`;
  const runs = [...new Set(points.map(({ slot }) => slot))];
  const beside = ({ slot, megabytes }: ReductionPoint) =>
    megabytes * stepShare ** (runs.indexOf(slot) - (runs.length - 1) / 2);
  const place = { x: beside, y: 'kept' } as const;
  const slots = Array.from({ length: 24 }, (_, slot) => slot);
  return Plot.plot({
    width,
    height: heightPx,
    marginTop: 36,
    marginLeft: 44,
    marginBottom: 36,
    insetLeft: 28,
    ariaLabel: `Chart: ${kept} against bytes per million rows; the numbers are in the table below`,
    style: { background: 'none', color: 'var(--text-2)', fontFamily: 'inherit', fontSize: '11px' },
    x: {
      type: 'log',
      label: 'MB per million rows',
      tickFormat: (value: number) => value.toLocaleString('en'),
      ticks: 6,
    },
    y: {
      label: kept,
      domain: [0, 1],
      tickFormat: (value: number) => `${Math.round(100 * value)} %`,
      ticks: 5,
    },
    r: { type: 'identity' },
    symbol: { domain: slots, range: slots.map((slot) => symbols[slot] ?? laterSymbol) },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      Plot.lineY(frontier, { ...place, stroke: 'var(--text-3)', strokeWidth: 1, curve: 'step-after' }),
      Plot.ruleX(points, { x: beside, y1: 'low', y2: 'high', stroke: colourOf, strokeOpacity: 0.6 }),
      Plot.dot(points, {
        ...place,
        symbol: 'slot',
        fill: colourOf,
        r: ({ slot }: ReductionPoint) => (slot < modelSlotCount ? 4 : 6),
        stroke: 'var(--panel)',
        strokeWidth: 0.7,
      }),
      Plot.text(
        points.filter(({ slot }) => slot >= modelSlotCount),
        {
          ...place,
          text: ({ slot }: ReductionPoint) => `${slot + 1}`,
          fill: 'var(--panel)',
          fontSize: 8,
          fontWeight: 600,
        },
      ),
      Plot.text(spaced(frontier, points.map(beside), beside, width), {
        ...place,
        text: 'way',
        dy: -10,
        fill: 'var(--text-2)',
        stroke: 'var(--panel)',
        strokeWidth: 3,
      }),
      Plot.tip(
        points,
        Plot.pointer({
          ...place,
          fill: 'var(--raised)',
          stroke: 'var(--line-strong)',
          title: ({ name, way, megabytes, kept: share, low, high }: ReductionPoint) =>
            `${name}\n${way}, ${megabytes.toLocaleString('en')} MB per million rows\n${percent(share)} % (${percent(low)} to ${percent(high)})`,
        }),
      ),
    ],
  });
}

/** Points of the line whose names do not run into each other, from the smallest on. */
function spaced(
  frontier: readonly ReductionPoint[],
  places: readonly number[],
  placeOf: (point: ReductionPoint) => number,
  width: number,
): ReductionPoint[] {
  const span = Math.log(Math.max(...places) / Math.min(...places));
  let last = Number.NEGATIVE_INFINITY;
  return frontier.filter((point) => {
    const px = span > 0 ? (Math.log(placeOf(point)) / span) * (width - 64) : 0;
    if (px - last < nameRoomPx) return false;
    last = px;
    return true;
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
