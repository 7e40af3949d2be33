const minus = '−';

/** A cosine with two decimals. */
export function formatCosine(value: number): string {
  const text = value.toFixed(2);
  return text === '-0.00' ? '0.00' : text.replace('-', minus);
}

/** A number with its sign, 0 without. */
export function formatSigned(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `${minus}${-value}`;
}

/** A percentile (0–100) with one decimal and a thin space. */
export function formatPercentile(value: number): string {
  return `${value.toFixed(1)}\u2009%`;
}

/** A count with thousands marked. */
export function formatCount(value: number): string {
  return value.toLocaleString('en');
}

/** A difference with its sign and one decimal. */
export function formatDifference(value: number): string {
  return formatSigned(Math.round(value * 10) / 10);
}
