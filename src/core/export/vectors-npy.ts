const preambleBytes = 10;
const alignmentBytes = 64;
const valuesPerPart = 1 << 20;

/** The head of an NPY file, format 1.0: `<f4`, C order, rows × dims, padded so that the numbers begin at a multiple of 64. */
export function npyHeader({ rows, dims }: { rows: number; dims: number }): Uint8Array<ArrayBuffer> {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${dims}), }`;
  const length = Math.ceil((preambleBytes + dictionary.length + 1) / alignmentBytes) * alignmentBytes;
  const text = `${dictionary.padEnd(length - preambleBytes - 1)}\n`;
  const header = new Uint8Array(length);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(header.buffer).setUint16(8, text.length, true);
  header.set(new TextEncoder().encode(text), preambleBytes);
  return header;
}

/**
 * Vectors (NPY) in parts for a Blob: each vector as it came, the unit row times its norm; a row without a vector is NaN.
 * @param unitRows rows × dims, row-major; only read
 * @param norms one a row, 0 or NaN where the row has no vector
 * @throws RangeError when the arrays do not fit rows and dims
 */
export function* vectorsNpy(request: {
  readonly rows: number;
  readonly dims: number;
  readonly unitRows: Float32Array;
  readonly norms: Float32Array | Float64Array;
}): Generator<Uint8Array<ArrayBuffer>, void, void> {
  const { rows, dims, unitRows, norms } = request;
  if (unitRows.length !== rows * dims || norms.length !== rows) {
    throw new RangeError(`Vectors or norms do not fit ${rows} rows of ${dims} numbers`);
  }
  yield npyHeader({ rows, dims });
  const rowsPerPart = Math.max(1, Math.floor(valuesPerPart / Math.max(1, dims)));
  for (let first = 0; first < rows && dims > 0; first += rowsPerPart) {
    const end = Math.min(rows, first + rowsPerPart);
    const part = new DataView(new ArrayBuffer((end - first) * dims * 4));
    for (let row = first; row < end; row++) {
      const norm = norms[row]! > 0 ? norms[row]! : Number.NaN;
      for (let i = 0; i < dims; i++) {
        part.setFloat32(((row - first) * dims + i) * 4, unitRows[row * dims + i]! * norm, true);
      }
    }
    yield new Uint8Array(part.buffer);
  }
}
