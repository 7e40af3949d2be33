import { TableError } from '@/core/dataset/table';
import { checkVectorSize } from './vector-column';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const supported = 'Vectors can be read from little- or big-endian f2, f4 and f8 arrays of two dimensions.';

/** An array of two dimensions, row-major. */
export interface NumberTable {
  readonly rowCount: number;
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Whether bytes begin as an NPY file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((value, i) => bytes[i] === value);
}

/**
 * Reads an NPY file (formats 1.0 to 3.0; f2, f4 or f8, either byte order, C or Fortran order) into float32. The caller owns
 * the array. Throws TableError for every other content, naming it.
 * Format: the specification in NumPy's `numpy.lib.format`.
 */
export function readNpy(bytes: Uint8Array): NumberTable {
  if (!isNpy(bytes) || bytes.length < 12) throw new TableError('This is not a NumPy file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLong = view.getUint8(6) >= 2;
  const headerStart = isLong ? 12 : 10;
  const start = headerStart + (isLong ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) throw new TableError('This NumPy file ends within its header. Save it again.');
  const header = new TextDecoder('latin1').decode(bytes.subarray(headerStart, start));
  const type = /'descr'\s*:\s*'([<>=|]?)([a-z])(\d+)'/i.exec(header);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/
    .exec(header)?.[1]
    ?.split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (type === null || order === undefined || shape === undefined)
    throw new TableError(`This NumPy file holds something else than a plain array. ${supported}`);
  const [, byteOrder, kind, size] = type;
  const itemBytes = Number(size);
  if (kind !== 'f' || ![2, 4, 8].includes(itemBytes))
    throw new TableError(`This NumPy file holds numbers of type ${kind}${size}. ${supported}`);
  const [rowCount, width] = shape;
  if (shape.length !== 2 || rowCount === undefined || width === undefined || rowCount < 1 || width < 1)
    throw new TableError(`This NumPy array has the shape (${shape.join(', ')}). ${supported}`);
  checkVectorSize(rowCount, width);
  const expected = rowCount * width * itemBytes;
  if (bytes.length - start < expected) {
    throw new TableError(
      `This NumPy file is cut off: ${rowCount.toLocaleString('en')} × ${width} numbers take ${expected.toLocaleString('en')} bytes, and ${(bytes.length - start).toLocaleString('en')} are there. Save it again.`,
    );
  }
  const isLittle = byteOrder !== '>';
  const read = readerOf(view, start, itemBytes, isLittle);
  const values = new Float32Array(rowCount * width);
  if (order === 'True')
    for (let row = 0; row < rowCount; row++)
      for (let i = 0; i < width; i++) values[row * width + i] = read(i * rowCount + row);
  else for (let i = 0; i < values.length; i++) values[i] = read(i);
  return { rowCount, width, values };
}

function readerOf(
  view: DataView,
  start: number,
  itemBytes: number,
  isLittle: boolean,
): (place: number) => number {
  if (itemBytes === 8) return (place) => view.getFloat64(start + 8 * place, isLittle);
  if (itemBytes === 4) return (place) => view.getFloat32(start + 4 * place, isLittle);
  return (place) => halfToNumber(view.getUint16(start + 2 * place, isLittle));
}

/** A number of IEEE 754 binary16 from its bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
