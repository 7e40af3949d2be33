import { RangeSlider, Slider } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatHundredths } from '@/core/similarity/format-similarity';
import { type PairHistogram, snapToBin } from '@/core/similarity/pair-histogram';
import { paletteColour } from '@/gl/palettes';
import type { ColourScale } from './colour-scale';
import { gatherBars } from './histogram-bars';
import classes from './pair-histogram-chart.module.css';

const barCount = 58;
/** Width of a bin of the histogram, so that counts above a cut-off are exact. */
const step = 2 / 4096;
const gradientStops = 24;

interface Props {
  histogram: PairHistogram;
  scale: ColourScale;
  palette: readonly string[];
  /** Cosine from which texts count as the same; null where none is set. */
  cutoff: number | null;
  /** In the scale's unit. */
  onRange(range: readonly [number, number]): void;
  /** Null where a cut-off has no meaning. */
  onCutoff: ((cosine: number) => void) | null;
}

/** Bars of the pairs by cosine; under them the colours with a handle at either end, over them the cut-off. */
export function PairHistogramChart({ histogram, scale, palette, cutoff, onRange, onCutoff }: Props) {
  // Its own ends stay in sight, so that the axis does not move while a handle does.
  const [fixed] = useState(() => scale.range.map(scale.toCosine).map(snapToBin));
  const bars = useMemo(() => gatherBars(histogram, fixed, barCount), [histogram, fixed]);
  const [dragged, setDragged] = useState<[number, number] | null>(null);
  const [draggedCutoff, setDraggedCutoff] = useState<number | null>(null);
  const within = (cosine: number) => Math.min(bars.to, Math.max(bars.from, snapToBin(cosine)));
  const ends: [number, number] = dragged ?? [
    within(scale.toCosine(scale.range[0])),
    within(scale.toCosine(scale.range[1])),
  ];
  const shownCutoff = draggedCutoff ?? cutoff;
  const share = (cosine: number) => (cosine - bars.from) / (bars.to - bars.from);
  const say = (cosine: number) => scale.format(scale.toUnit(cosine));
  const ground = useMemo(() => {
    const [low, high] = scale.range;
    const colours = Array.from({ length: gradientStops + 1 }, (_, i) => {
      const cosine = bars.from + ((bars.to - bars.from) * i) / gradientStops;
      const place = (scale.toUnit(cosine) - low) / (high - low || 1);
      return `rgb(${paletteColour(palette, place).join(' ')})`;
    });
    return `linear-gradient(to right, ${colours.join(', ')})`;
  }, [scale, palette, bars]);
  return (
    <div className={classes.chart}>
      <div className={classes.bars}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {bars.heights.map((height, i) => {
            const middle = bars.from + ((bars.to - bars.from) * (i + 0.5)) / bars.heights.length;
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
                key={i}
                className={middle < ends[0] || middle > ends[1] ? classes.beyond : classes.bar}
                x={(100 * i) / bars.heights.length + 0.12}
                width={100 / bars.heights.length - 0.24}
                y={100 - 100 * height}
                height={100 * height}
              />
            );
          })}
        </svg>
        {onCutoff !== null && (
          <Slider
            className={classes.cutoff}
            classNames={{
              track: classes.flagTrack,
              trackContainer: classes.overBars,
              thumb: classes.flag,
              bar: classes.noTrack,
            }}
            thumbLabel="Cut-off"
            label={null}
            min={bars.from}
            max={bars.to}
            step={step}
            value={shownCutoff ?? bars.to}
            data-unset={shownCutoff === null || undefined}
            thumbChildren={
              <span className={classes.flagText}>
                {shownCutoff === null ? 'set a cut-off' : `cut-off ${formatHundredths(shownCutoff)}`}
              </span>
            }
            onChange={setDraggedCutoff}
            onChangeEnd={(value) => {
              setDraggedCutoff(null);
              onCutoff(snapToBin(value));
            }}
          />
        )}
      </div>
      <RangeSlider
        className={classes.range}
        classNames={{ track: classes.colours, bar: classes.noTrack, thumb: classes.handle }}
        styles={{ track: { background: ground } }}
        thumbFromLabel="Lowest colour"
        thumbToLabel="Highest colour"
        label={null}
        min={bars.from}
        max={bars.to}
        minRange={4 * step}
        step={step}
        value={ends}
        onChange={setDragged}
        onChangeEnd={([low, high]) => {
          setDragged(null);
          // An end that was not moved keeps its value, even where that lies beyond the axis.
          const [oldLow, oldHigh] = scale.range;
          onRange([
            low === within(scale.toCosine(oldLow)) ? oldLow : scale.toUnit(low),
            high === within(scale.toCosine(oldHigh)) ? oldHigh : scale.toUnit(high),
          ]);
        }}
      />
      <div className={classes.ends} aria-hidden="true">
        {ends.map((end, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the low and the high end
          <span key={i} style={{ left: `${100 * share(end)}%` }}>
            {dragged === null ? scale.format(scale.range[i]!) : say(end)}
          </span>
        ))}
      </div>
    </div>
  );
}
