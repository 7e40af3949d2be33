import { GitCompareArrows } from 'lucide-react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { formatHundredths, formatPercentile } from '@/core/similarity/format-similarity';
import { type PairHistogram, percentileOf } from '@/core/similarity/pair-histogram';
import { modelColourVariable } from '@/gl/palettes';
import type { Neighbour } from '@/queries/neighbours';
import { hoverChannel, hoverStore } from '@/state/hover';
import { pinRow, stepTo } from '@/state/pins';
import classes from './neighbours.module.css';

interface NeighbourItemProps {
  dataset: Dataset;
  slot: number;
  neighbour: Neighbour;
  histogram: PairHistogram | undefined;
  scale: 'raw' | 'percentile' | 'both';
  /** Whether no other column holds the row: it is drawn paler. */
  isAlone: boolean;
  /** Whether the row may be held beside a pinned one. */
  canBeSecond: boolean;
}

/** A near row: its text and how near. A click pins it, with Shift as second. */
export function NeighbourItem(props: NeighbourItemProps) {
  const { dataset, slot, neighbour, histogram, scale, isAlone, canBeSecond } = props;
  const { row, similarity } = neighbour;
  const isHovered = useStore(hoverStore, (hovered) => hovered.row === row);
  const percentile = histogram === undefined ? null : percentileOf(histogram, similarity);
  const share = scale === 'percentile' ? (percentile ?? 0) / 100 : similarity;
  const written = percentile === null ? '…' : formatPercentile(percentile);
  return (
    <li className={classes.entry} data-alone={isAlone || undefined} data-hovered={isHovered || undefined}>
      <button
        type="button"
        className={classes.item}
        data-row={row}
        onClick={(event) => (event.shiftKey ? pinRow(row, true) : stepTo(row))}
        onPointerEnter={() => hoverChannel.set(row)}
        onPointerLeave={() => hoverChannel.set(null)}
        onFocus={() => hoverChannel.set(row)}
        onBlur={() => hoverChannel.set(null)}
        title={
          percentile === null
            ? undefined
            : `Closer than ${percentile.toFixed(1)} % of all pairs in this run${histogram?.sampledPairs == null ? '' : ` (from ${histogram.sampledPairs.toLocaleString('en')} pairs drawn at random)`}`
        }
      >
        <span className={classes.itemText} dir="auto">
          {textAt(dataset.texts, row)}
        </span>
        <span className={classes.measure}>
          <span className={classes.track}>
            <span
              className={classes.bar}
              style={{
                width: `${Math.max(0, Math.min(1, share)) * 100}%`,
                background: `var(${modelColourVariable(slot)}, var(--text-2))`,
              }}
            />
          </span>
          <span className={classes.value}>
            {scale !== 'percentile' && formatHundredths(similarity)}
            {scale === 'both' && ` · closer than ${percentile?.toFixed(1) ?? '…'} % of pairs`}
            {scale === 'percentile' && written}
          </span>
        </span>
      </button>
      {canBeSecond && (
        <button
          type="button"
          className={classes.second}
          aria-label={`Pin row ${row} as second`}
          title="Pin as second, to read the two side by side (Shift-click)"
          onClick={() => pinRow(row, true)}
        >
          <GitCompareArrows size={12} strokeWidth={1.5} />
        </button>
      )}
    </li>
  );
}
