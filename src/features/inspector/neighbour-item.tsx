import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { type PairHistogram, percentileOf } from '@/core/similarity/pair-histogram';
import { modelColourVariable } from '@/gl/palettes';
import type { Neighbour } from '@/queries/neighbours';
import { hoverChannel } from '@/state/hover';
import { commit } from '@/state/view';
import classes from './inspector.module.css';

interface NeighbourItemProps {
  dataset: Dataset;
  slot: number;
  neighbour: Neighbour;
  histogram: PairHistogram | undefined;
  /** Whether the percentile is written beside the similarity, not only told on hover. */
  showsPercentile?: boolean;
}

/** A near row: its text, how near, and where that stands among all pairs of the run. A click pins it. */
export function NeighbourItem({
  dataset,
  slot,
  neighbour,
  histogram,
  showsPercentile = false,
}: NeighbourItemProps) {
  const { row, similarity } = neighbour;
  const percentile = histogram === undefined ? null : percentileOf(histogram, similarity);
  return (
    <li>
      <button
        type="button"
        className={classes.item}
        data-row={row}
        onClick={() => commit({ pinned: row })}
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
                width: `${Math.max(0, Math.min(1, similarity)) * 100}%`,
                background: `var(${modelColourVariable(slot)}, var(--text-2))`,
              }}
            />
          </span>
          <span className={classes.value}>
            {similarity.toFixed(2)}
            {showsPercentile && percentile !== null && ` · closer than ${percentile.toFixed(1)} % of pairs`}
          </span>
        </span>
      </button>
    </li>
  );
}
