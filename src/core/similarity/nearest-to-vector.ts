import type { Work } from '@/core/work';
import type { NeighbourBlock } from './neighbours';
import type { UnitRows } from './unit-rows';

const rowsPerStep = 2048;

/**
 * The k members whose rows are nearest to a vector of any length above 0, by cosine, nearest first, equal ones by row index.
 * Sums are float64. The arrays have k entries and belong to the caller; −1 and NaN where there are fewer members. Throws
 * RangeError where the vector has another width than the rows. Yields after each 2,048 rows.
 */
export function* nearestToVector(request: {
  readonly rows: UnitRows;
  /** Rows that take part, ascending. */
  readonly members: Uint32Array;
  readonly vector: Float32Array;
  readonly k: number;
}): Work<NeighbourBlock> {
  const { rows, members, vector, k } = request;
  const { values, dims } = rows;
  if (vector.length !== dims)
    throw new RangeError(
      `A vector of length ${vector.length} cannot be compared with rows of length ${dims}.`,
    );
  let squares = 0;
  for (const number of vector) squares += number * number;
  const norm = Math.sqrt(squares);
  const ids = new Int32Array(k).fill(-1);
  const cosines = new Float64Array(k).fill(Number.NEGATIVE_INFINITY);
  for (let start = 0; start < members.length && k > 0; start += rowsPerStep) {
    const end = Math.min(start + rowsPerStep, members.length);
    for (let at = start; at < end; at++) {
      const row = members[at]!;
      let sum = 0;
      for (let i = 0; i < dims; i++) sum += values[row * dims + i]! * vector[i]!;
      const cosine = sum / norm;
      if (!(cosine > cosines[k - 1]!)) continue;
      // Members come in ascending order, so of equal ones the earlier is already in its place.
      let place = k - 1;
      while (place > 0 && cosines[place - 1]! < cosine) {
        cosines[place] = cosines[place - 1]!;
        ids[place] = ids[place - 1]!;
        place--;
      }
      cosines[place] = cosine;
      ids[place] = row;
    }
    yield { done: end, total: members.length };
  }
  const similarities = Float32Array.from(cosines, (cosine, i) =>
    ids[i] === -1 ? Number.NaN : Math.max(-1, Math.min(1, cosine)),
  );
  return { ids, similarities };
}
