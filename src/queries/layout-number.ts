const numberOf = new WeakMap<Float32Array, number>();
let numbered = 0;

/** A number for an array, so that a layout can be part of a key. */
export function layoutNumber(positions: Float32Array): number {
  const known = numberOf.get(positions) ?? ++numbered;
  numberOf.set(positions, known);
  return known;
}
