/** For tests: vectors whose groups are known, and measures that share no code with what they check. */
import { seededGaussian, seededRandom } from '@/core/random';

export interface Planted {
  readonly values: Float32Array;
  readonly dims: number;
  /** Group of each row. */
  readonly groupOf: Int32Array;
}

/** Unit rows around seeded centres of length 1, in turn; the noise about a centre has the given length, on average. */
export function plantGroups(
  count: number,
  dims: number,
  groups: number,
  noise: number,
  seed: number,
): Planted {
  const next = seededGaussian(seed);
  const centres = Array.from({ length: groups }, () => toUnit(Array.from({ length: dims }, next)));
  const values = new Float32Array(count * dims);
  const groupOf = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    groupOf[row] = row % groups;
    const centre = centres[row % groups]!;
    values.set(toUnit(centre.map((value) => value + (noise * next()) / Math.sqrt(dims))), row * dims);
  }
  return { values, dims, groupOf };
}

/** Unit rows in random directions: no groups at all. */
export function plantNothing(count: number, dims: number, seed: number): Planted {
  const next = seededGaussian(seed);
  const values = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) values.set(toUnit(Array.from({ length: dims }, next)), row * dims);
  return { values, dims, groupOf: new Int32Array(count).fill(-1) };
}

/** Brings each column into an order of its own and makes the rows unit again. */
export function shuffleColumns({ values, dims }: Planted, seed: number): Planted {
  const random = seededRandom(seed);
  const count = values.length / dims;
  const shuffled = values.slice();
  for (let column = 0; column < dims; column++) {
    for (let end = count - 1; end > 0; end--) {
      const other = Math.floor(random() * (end + 1));
      const kept = shuffled[end * dims + column]!;
      shuffled[end * dims + column] = shuffled[other * dims + column]!;
      shuffled[other * dims + column] = kept;
    }
  }
  for (let row = 0; row < count; row++) {
    const vector = shuffled.subarray(row * dims, (row + 1) * dims);
    vector.set(toUnit(Array.from(vector)));
  }
  return { values: shuffled, dims, groupOf: new Int32Array(count).fill(-1) };
}

function toUnit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** Adjusted Rand index of two partitions (Hubert & Arabie 1985): 1 for the same, about 0 for unrelated ones. */
export function adjustedRandIndex(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairsOf = (keys: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  };
  const rows = Array.from(a, (_, row) => row);
  const together = pairsOf(rows.map((row) => `${a[row]} ${b[row]}`));
  const inA = pairsOf(rows.map((row) => `${a[row]}`));
  const inB = pairsOf(rows.map((row) => `${b[row]}`));
  const expected = (inA * inB) / ((rows.length * (rows.length - 1)) / 2);
  return (together - expected) / ((inA + inB) / 2 - expected);
}
