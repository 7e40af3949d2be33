import type { Estimate } from '@/core/evaluation/bootstrap';
import { modelColour, modelColourVariable } from './palettes';
import classes from './whisker.module.css';

const widthPx = 80;
const heightPx = 16;
const edgePx = 5;

interface Props {
  estimate: Estimate;
  /** Values at the left and right end. */
  axis: readonly [number, number];
  slot: number;
  /** Where chance or the majority stands, drawn where that is on the axis; null for nowhere. */
  yardstick: number | null;
}

/** Dot and whisker: a score and its interval on a fixed axis. Decoration; the number stands beside it. */
export function Whisker({ estimate: { value, low, high }, axis, slot, yardstick }: Props) {
  if (value === null) return null;
  const place = (at: number) => {
    const share = (at - axis[0]) / (axis[1] - axis[0]);
    return edgePx + Math.max(0, Math.min(1, share)) * (widthPx - 2 * edgePx);
  };
  const middle = heightPx / 2;
  const colour = `var(${modelColourVariable(slot)}, ${modelColour(slot, false)})`;
  return (
    <svg width={widthPx} height={heightPx} aria-hidden="true" className={classes.whisker}>
      <line x1={edgePx} x2={widthPx - edgePx} y1={middle} y2={middle} className={classes.axis} />
      {yardstick !== null && yardstick >= axis[0] && yardstick <= axis[1] && (
        <line
          x1={place(yardstick)}
          x2={place(yardstick)}
          y1={1}
          y2={heightPx - 1}
          className={classes.yardstick}
        />
      )}
      {low !== null && high !== null && (
        <g style={{ stroke: colour }}>
          <line x1={place(low)} x2={place(high)} y1={middle} y2={middle} strokeWidth={1.5} />
          <line x1={place(low)} x2={place(low)} y1={middle - 3.5} y2={middle + 3.5} strokeWidth={1.5} />
          <line x1={place(high)} x2={place(high)} y1={middle - 3.5} y2={middle + 3.5} strokeWidth={1.5} />
        </g>
      )}
      <circle cx={place(value)} cy={middle} r={3.5} style={{ fill: colour }} />
    </svg>
  );
}

/** The two ends of the axis, under the column. */
export function AxisEnds({
  axis,
  format,
}: {
  axis: readonly [number, number];
  format(value: number): string;
}) {
  return (
    <span className={classes.ends} style={{ width: widthPx }}>
      <span>{format(axis[0])}</span>
      <span>{format(axis[1])}</span>
    </span>
  );
}
