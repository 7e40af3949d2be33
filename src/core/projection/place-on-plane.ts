import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

const rowsPerStep = 2048;

/**
 * Where a vector of any length above 0 lies on the principal plane of some rows: 2 numbers, exact in float64 up to the
 * plane's own rounding. `plane` is members.length × 2, the scores of the members as `principalPlane` returns them; since an
 * axis is Xᵀt/(t·t) of the centred rows X and its scores t, no axis has to be kept. An axis without spread gives 0.
 * @throws RangeError where the vector has another width than the rows
 */
export function* placeOnPlane(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly plane: Float32Array;
  readonly vector: Float32Array;
}): Work<Float32Array<ArrayBuffer>> {
  const { rows, members, plane, vector } = request;
  const { values, dims } = rows;
  if (vector.length !== dims)
    throw new RangeError(
      `A vector of length ${vector.length} cannot be compared with rows of length ${dims}.`,
    );
  const total = 2 * members.length;
  const mean = new Float64Array(dims);
  const norm = Math.hypot(...vector);
  for (let at = 0; at < members.length; at++) {
    const start = members[at]! * dims;
    for (let i = 0; i < dims; i++) mean[i]! += values[start + i]! / members.length;
    if ((at + 1) % rowsPerStep === 0) yield { done: at + 1, total };
  }
  const offset = mean.map((value, i) => vector[i]! / norm - value);
  const sums = [0, 0];
  const squares = [0, 0];
  for (let at = 0; at < members.length; at++) {
    const start = members[at]! * dims;
    let product = 0;
    for (let i = 0; i < dims; i++) product += (values[start + i]! - mean[i]!) * offset[i]!;
    for (const axis of [0, 1] as const) {
      const score = plane[2 * at + axis]!;
      sums[axis]! += score * product;
      squares[axis]! += score * score;
    }
    if ((at + 1) % rowsPerStep === 0) yield { done: members.length + at + 1, total };
  }
  return Float32Array.from(sums, (sum, axis) => (squares[axis]! > 0 ? sum / squares[axis]! : 0));
}
