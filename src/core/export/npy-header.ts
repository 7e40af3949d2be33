const preambleBytes = 10;
const alignmentBytes = 64;

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
