/** Steps between the ends; the last code stands for no value. */
const steps = 65_534;
const none = 65_535;

/** Values between `low` and `high` in 65,535 even steps, NaN kept; each is off by half a step at most. Values beyond an end are put on it. */
export function quantise(values: Float32Array, low: number, high: number): Uint16Array<ArrayBuffer> {
  const scale = high > low ? steps / (high - low) : 0;
  return Uint16Array.from(values, (value) =>
    Number.isNaN(value) ? none : Math.min(steps, Math.max(0, Math.round((value - low) * scale))),
  );
}

/** The values again, NaN where there was none. */
export function restore(codes: ArrayLike<number>, low: number, high: number): Float32Array<ArrayBuffer> {
  const scale = (high - low) / steps;
  return Float32Array.from(codes, (code) => (code === none ? Number.NaN : low + code * scale));
}
