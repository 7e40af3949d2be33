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
  return value.toLocaleString('en', { maximumFractionDigits: size < 10 ? 2 : size < 1000 ? 1 : 0 });
}
