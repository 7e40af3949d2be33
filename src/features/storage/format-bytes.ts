const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units with up to three digits: `812 bytes`, `1.2 MB`, `47 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}
