import { RangeSlider } from '@mantine/core';
import { useEffect, useState } from 'react';
import { countOf } from '@/core/count-of';
import classes from './shared-histogram.module.css';

interface Props {
  /** Rows that share 0, 1 … k neighbours. */
  counts: readonly number[];
  /** Null is all. */
  range: readonly [number, number] | null;
  onChange(range: [number, number] | null): void;
}

/** How many rows share how many neighbours, with two handles to keep some of them. */
export function SharedHistogram({ counts, range, onChange }: Props) {
  const k = counts.length - 1;
  const all: [number, number] = [0, k];
  const [value, setValue] = useState<[number, number]>(range === null ? all : [range[0], range[1]]);
  const [low, high] = [range?.[0] ?? 0, range?.[1] ?? k];
  useEffect(() => setValue([low, high]), [low, high]);
  const most = Math.max(1, ...counts);
  return (
    <div className={classes.histogram}>
      <div className={classes.bars} aria-hidden="true">
        {counts.map((count, shared) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is what the bar stands for
            key={shared}
            className={classes.bar}
            data-kept={(shared >= value[0] && shared <= value[1]) || undefined}
            title={`${countOf(count, 'row')} with ${shared} of ${k} shared`}
          >
            <span style={{ height: `${count === 0 ? 0 : Math.max(8, (100 * count) / most)}%` }} />
          </span>
        ))}
      </div>
      <RangeSlider
        className={classes.slider}
        thumbFromLabel="Fewest neighbours shared"
        thumbToLabel="Most neighbours shared"
        label={null}
        size={2}
        thumbSize={12}
        min={0}
        max={k}
        step={1}
        minRange={0}
        value={value}
        onChange={setValue}
        onChangeEnd={([from, to]) => onChange(from === 0 && to === k ? null : [from, to])}
      />
    </div>
  );
}
