const minus = '−';

/** A number with two decimals and a true minus, as cosines and z are written. */
export function formatHundredths(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text.replace('-', minus);
}

/** A percentile (0–100) with one decimal and a thin space. */
export function formatPercentile(value: number): string {
  return `${value.toFixed(1)}\u2009%`;
}

/** A number with its sign, 0 without. */
export function formatSigned(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `${minus}${-value}`;
}

/** A difference with its sign and one decimal. */
export function formatDifference(value: number): string {
  return formatSigned(Math.round(value * 10) / 10);
}

/** A count with thousands marked. */
export function formatCount(value: number): string {
  return value.toLocaleString('en');
}
