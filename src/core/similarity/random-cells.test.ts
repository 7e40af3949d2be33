import { expect, it } from 'vitest';
import { seededRandom, shuffle } from '@/core/random';
import { finishWork } from '@/core/work';
import { buildPyramid, similarityTile } from './block-pyramid';
import { centreRows } from './centring';
import { makeUnitRows, referenceProduct as product } from './reference-similarity';

const count = 1234;
const dims = 8;
const size = 16;
const rows = makeUnitRows({ count, dims, seed: 77, pull: 0.5, copies: 0.05 });
const all = Uint32Array.from({ length: count }, (_, row) => row);

function shuffled(seed: number, length = count): Uint32Array {
  const order = all.slice();
  shuffle(order, seededRandom(seed));
  return order.subarray(0, length);
}

/** The rows in float64, less their mean where centred, of length 1. */
function readVectors(isCentred: boolean): Float64Array[] {
  const vectors = Array.from(all, (row) =>
    Float64Array.from(rows.values.subarray(row * dims, (row + 1) * dims)),
  );
  if (!isCentred) return vectors;
  const mean = Array.from(
    { length: dims },
    (_, k) => vectors.reduce((sum, vector) => sum + vector[k]!, 0) / count,
  );
  return vectors.map((vector) => {
    const moved = vector.map((value, k) => value - mean[k]!);
    const length = Math.hypot(...moved);
    return moved.map((value) => value / length);
  });
}

/** The mean over every pair of two blocks, one after the other; rows with themselves do not count. */
function meanOfPairs(vectors: readonly Float64Array[], lines: Uint32Array, columns: Uint32Array): number {
  let sum = 0;
  let pairs = 0;
  for (const line of lines) {
    const a = vectors[line]!;
    for (const column of columns) {
      if (line === column) continue;
      const b = vectors[column]!;
      for (let k = 0; k < dims; k++) sum += a[k]! * b[k]!;
      pairs++;
    }
  }
  return pairs === 0 ? 1 : sum / pairs;
}

const shapes = {
  'in input order': { lines: all, columns: null, isCentred: false },
  'reordered and centred': { lines: shuffled(3), columns: null, isCentred: true },
  'ragged and rectangular, rows on both sides': {
    lines: shuffled(5, 901),
    columns: shuffled(9, 413),
    isCentred: false,
  },
} as const;

it.each(Object.keys(shapes) as (keyof typeof shapes)[])(
  'fifty cells drawn by chance at each level are the means of their pairs: %s',
  (name) => {
    const { lines: lineOrder, columns: columnOrder, isCentred } = shapes[name];
    const centring = isCentred ? finishWork(centreRows({ rows, members: all })) : null;
    const lines = finishWork(buildPyramid({ rows, order: lineOrder, centring }));
    const columns =
      columnOrder === null ? lines : finishWork(buildPyramid({ rows, order: columnOrder, centring }));
    const across = columnOrder ?? lineOrder;
    const vectors = readVectors(isCentred);
    const random = seededRandom(11);
    for (let level = 0; 2 ** level < 2 * lineOrder.length; level++) {
      const span = 2 ** level;
      const blocks = (length: number) => Math.ceil(length / span);
      const cells = Math.min(50, blocks(lineOrder.length) * blocks(across.length));
      for (let cell = 0; cell < cells; cell++) {
        const line = Math.floor(random() * blocks(lineOrder.length));
        const column = Math.floor(random() * blocks(across.length));
        const rowBlock = Math.floor(line / size) * size;
        const columnBlock = Math.floor(column / size) * size;
        const tile = similarityTile({ rows, lines, columns, level, rowBlock, columnBlock, size, product });
        const expected = meanOfPairs(
          vectors,
          lineOrder.subarray(line * span, (line + 1) * span),
          across.subarray(column * span, (column + 1) * span),
        );
        const value = tile[(line - rowBlock) * size + column - columnBlock]!;
        expect(Math.abs(value - expected), `level ${level}, block ${line} × ${column}`).toBeLessThan(2e-6);
      }
    }
  },
);
