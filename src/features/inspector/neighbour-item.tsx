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
import { NearRow } from '@/ui/near-row';
import classes from './neighbours.module.css';

interface NeighbourItemProps {
  dataset: Dataset;
  slot: number;
  neighbour: Neighbour;
  histogram: PairHistogram | undefined;
  scale: 'raw' | 'percentile';
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
  const written = percentile === null ? '…' : formatPercentile(percentile);
  return (
    <NearRow
      row={row}
      text={textAt(dataset.texts, row)}
      colour={`var(${modelColourVariable(slot)}, var(--text-2))`}
      share={scale === 'raw' ? similarity : (percentile ?? 0) / 100}
      value={scale === 'raw' ? formatHundredths(similarity) : written}
      title={
        percentile === null
          ? undefined
          : `Closer than ${percentile.toFixed(1)} % of all pairs in this run${histogram?.sampledPairs == null ? '' : ` (from ${histogram.sampledPairs.toLocaleString('en')} pairs drawn at random)`}`
      }
      isHovered={isHovered}
      isAlone={isAlone}
      onPick={(event) => (event.shiftKey ? pinRow(row, true) : stepTo(row))}
      onHover={hoverChannel.set}
    >
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
    </NearRow>
  );
}
