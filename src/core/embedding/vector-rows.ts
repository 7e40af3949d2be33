import type { VectorBatch } from './run';

const chunkBytes = 8 * 2 ** 20;
const bytesPerNumber = 4;

/** A vector of a reply and the rows that get it. */
export interface SharedVector {
  /** Its place in `values`. */
  readonly order: number;
  readonly rows: readonly number[];
}

/**
 * Gives each row its own copy of the vector of its text, in batches of at most 8 MB (or one row), so that one text that
 * thousands of rows share makes no huge buffer. A reply that is such a batch already is handed on as it is. The receiver owns
 * the buffers, that of `values` among them.
 */
export function* spreadVectors(
  vectors: readonly SharedVector[],
  width: number,
  values: Float32Array<ArrayBuffer>,
): Generator<VectorBatch, void, void> {
  const pairs = vectors.flatMap(({ order, rows }) => rows.map((row) => ({ row, order })));
  const most = Math.max(1, Math.floor(chunkBytes / (bytesPerNumber * Math.max(1, width))));
  for (let start = 0; start < pairs.length; start += most) {
    const part = pairs.slice(start, start + most);
    const rows = Uint32Array.from(part, ({ row }) => row);
    if (part.length * width === values.length && part.every(({ order }, i) => order === i)) {
      yield { rows, width, values };
      continue;
    }
    const copies = new Float32Array(part.length * width);
    part.forEach(({ order }, i) => {
      copies.set(values.subarray(order * width, (order + 1) * width), i * width);
    });
    yield { rows, width, values: copies };
  }
}
