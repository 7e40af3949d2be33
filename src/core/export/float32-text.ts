/** A float32 in as few digits as bring the same float32 back when read; empty for NaN and infinities. */
export function formatFloat32(value: number): string {
  if (!Number.isFinite(value)) return '';
  for (let digits = 7; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
