import { TableError } from '@/core/dataset/table';
import type { NumberTable } from './read-npy';
import { checkVectorSize } from './vector-column';

/** What the file beside raw numbers says of them. */
export interface RawShape {
  readonly model: string | null;
  readonly rows: number;
  readonly dims: number;
}

/** The shape out of a sidecar's JSON text, `{"rows":…, "dims":…}` with an optional `model`; null where it is none. */
export function readRawShape(text: string): RawShape | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { rows, dims, model } = value as Record<string, unknown>;
  const isCount = (count: unknown): count is number =>
    typeof count === 'number' && Number.isInteger(count) && count > 0;
  if (!isCount(rows) || !isCount(dims)) return null;
  return { rows, dims, model: typeof model === 'string' && model !== '' ? model : null };
}

/** Raw little-endian float32, rows × dims. The caller owns the array. Throws TableError where the bytes are not as many. */
export function readRawFloats(bytes: Uint8Array, { rows, dims }: RawShape): NumberTable {
  checkVectorSize(rows, dims);
  const expected = rows * dims * 4;
  if (bytes.length !== expected) {
    throw new TableError(
      `The file beside it says ${rows.toLocaleString('en')} rows of ${dims} numbers, which are ${expected.toLocaleString('en')} bytes; there are ${bytes.length.toLocaleString('en')}.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: rows * dims }, (_, i) => view.getFloat32(4 * i, true));
  return { rowCount: rows, width: dims, values };
}
