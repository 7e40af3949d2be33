import { type ColumnScale, placeOnScale } from '@/core/dataset/column-scale';

const day = new Intl.DateTimeFormat('en', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
});

/** A number in few digits, or a day, for the end of a scale. */
export function formatScaleValue(value: number, kind: 'number' | 'date'): string {
  if (kind === 'date') return day.format(value);
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(1);
  return value.toLocaleString('en', {
    maximumFractionDigits: size < 10 ? 2 : size < 1000 ? 1 : 0,
    // Years are read without a comma.
    useGrouping: size < 1000 || size >= 2200,
  });
}

/** The words at both ends of a scale, and what else is to be known of it, after what its values are. */
export function describeScale(
  scale: ColumnScale,
  values = '',
): {
  readonly ends: readonly [string, string];
  readonly about: string;
} {
  const { low, high, least, most, kind, isLogarithmic } = scale;
  const clipped = least < low || most > high ? 'Ends at the 1st and the 99th percentile.' : '';
  return {
    ends: [
      `${least < low ? '≤ ' : ''}${formatScaleValue(low, kind)}`,
      `${most > high ? '≥ ' : ''}${formatScaleValue(high, kind)}`,
    ],
    about: [values, isLogarithmic ? 'Logarithmic.' : '', clipped].filter((part) => part !== '').join(' '),
  };
}

/** What the grey rows beside a scale are; null where there are none. */
export function describeEmpty(count: number): string | null {
  return count === 0 ? null : `${count.toLocaleString('en')} without a value`;
}

/** Where each row lies between the ends of a scale: 0 to 1, NaN without a value. The caller owns the array. */
export function placesOnScale(scale: ColumnScale): Float32Array<ArrayBuffer> {
  return Float32Array.from(scale.values, (value) => placeOnScale(scale, value));
}
