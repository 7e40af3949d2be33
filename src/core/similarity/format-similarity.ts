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
