import { sha256 } from '@noble/hashes/sha2.js';

import type { DatasetColumn } from './dataset';
import type { TextColumn } from './text-column';

const chunkUnits = 16_384;

/**
 * First 16 hex digits of SHA-256 over name, texts and columns, as UTF-16 units with their offsets: lone surrogates count,
 * and a text that ends later cannot pass for one that begins earlier. Fed in chunks of 32 KiB.
 */
export function hashDataset(name: string, texts: TextColumn, columns: readonly DatasetColumn[]): string {
  const hash = sha256.create();
  const units = new Uint16Array(chunkUnits);
  const bytes = new Uint8Array(units.buffer);
  const addString = (text: string): void => {
    hash.update(new Uint8Array(Float64Array.of(text.length).buffer));
    for (let start = 0; start < text.length; start += chunkUnits) {
      const count = Math.min(chunkUnits, text.length - start);
      for (let i = 0; i < count; i++) units[i] = text.charCodeAt(start + i);
      hash.update(bytes.subarray(0, 2 * count));
    }
  };
  const addColumn = ({ joined, ends }: TextColumn): void => {
    addString(joined);
    hash.update(new Uint8Array(Uint32Array.of(ends.length).buffer));
    hash.update(new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength));
  };
  addString(name);
  addColumn(texts);
  for (const column of columns) {
    addString(column.name);
    addColumn(column.cells);
  }
  return Array.from(hash.digest().subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
