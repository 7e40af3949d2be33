import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { groupsOf } from '@/core/dataset/colour-column';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { formatDifference, formatHundredths } from '@/core/similarity/format-similarity';
import type { RankedPairs } from '@/core/similarity/pair-scan';
import { modelColour } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import { useOwnColours } from '@/queries/use-own-colours';
import { hoverChannel } from '@/state/hover';
import { commit, viewStore } from '@/state/view';
import classes from './pairs-panel.module.css';

const itemPx = 42;
const overscan = 6;

interface Props {
  dataset: Dataset;
  pairs: RankedPairs;
  /** Whose groups colour the marks. */
  column: DatasetColumn | null;
  slot: number;
  isDifference: boolean;
  isDark: boolean;
}

/** Pairs of texts, foremost first; a click pins both. */
export function PairList({ dataset, pairs, column, slot, isDifference, isDark }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const secondPin = useStore(viewStore, ({ view }) => view.secondPin);
  const groups = column === null ? null : groupsOf(column);
  const own = useOwnColours(dataset.id, column?.name ?? '', groups);
  const virtualizer = useVirtualizer({
    count: pairs.values.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => itemPx,
    overscan,
  });
  const most = isDifference ? Math.abs(pairs.values[0]!) : 1;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <div ref={scroll} className={classes.scroll} tabIndex={0}>
      <ol className={classes.list} aria-label="Listed pairs" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const a = pairs.a[index]!;
          const b = pairs.b[index]!;
          const value = pairs.values[index]!;
          return (
            <li
              key={`${a} ${b}`}
              className={classes.item}
              aria-setsize={pairs.values.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)`, height: itemPx }}
            >
              <button
                type="button"
                className={classes.pair}
                data-rows={`${a} ${b}`}
                data-pinned={(pinned === a && secondPin === b) || undefined}
                onClick={() => commit({ pinned: a, secondPin: b })}
                onPointerEnter={() => hoverChannel.set(a)}
                onPointerLeave={() => hoverChannel.set(null)}
              >
                <span className={classes.measure}>
                  {isDifference ? formatDifference(value) : formatHundredths(value)}
                  <span className={classes.track} aria-hidden="true">
                    <span
                      style={{
                        width: `${(100 * Math.abs(value)) / most}%`,
                        background: modelColour(slot, isDark),
                      }}
                    />
                  </span>
                </span>
                <span className={classes.texts}>
                  {[a, b].map((row) => (
                    <span key={row} className={classes.text}>
                      {groups !== null && (
                        <span
                          className={classes.mark}
                          style={{ background: groupColour(groups.groupOf[row]!, isDark, own) }}
                          aria-hidden="true"
                        />
                      )}
                      <span dir="auto">{textAt(dataset.texts, row)}</span>
                    </span>
                  ))}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
