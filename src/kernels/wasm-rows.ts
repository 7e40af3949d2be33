import { usualHeldBytes } from '@/core/similarity/candidate-scan';
import type { OpenRowProducts } from '@/core/similarity/row-products';
import type { SpareInstances } from './spare-instances';
import { growMemory, roundUp } from './wasm-memory';

/** Exports of assembly/row-products.ts; addresses are bytes in `memory`. */
export interface RowExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  multiplyRows(base: number, left: number, others: number, rowCount: number, dims: number, out: number): void;
}

const usualCount = 64;

/** The row products in SIMD: rows are held once they were needed, or else copied for each call. Each has an instance, and so a
 * memory, of its own. */
export function wasmRowProducts(instances: SpareInstances<RowExports>): OpenRowProducts {
  return ({ values, dims: width }, heldBytes = usualHeldBytes) => {
    const wasm = instances.take();
    const dims = roundUp(width, 4);
    const rowCount = width === 0 ? 0 : Math.floor(values.length / width);
    const holdsAll = rowCount * dims * 4 <= heldBytes;
    const held = new Uint8Array(holdsAll ? rowCount : 0);
    const out = roundUp(wasm.arenaStart(), 64);
    let capacity = 0;
    let others = 0;
    let base = 0;
    let floats = new Float32Array(0);
    let integers = new Int32Array(0);
    let products = new Float64Array(0);

    /** Makes room for calls with so many rows; forgets the rows that are there. */
    const reserve = (count: number) => {
      capacity = roundUp(Math.max(count, usualCount), 4);
      others = out + capacity * 8;
      base = roundUp(others + capacity * 4, 64);
      growMemory(wasm.memory, base + (holdsAll ? rowCount : capacity + 1) * dims * 4);
      floats = new Float32Array(wasm.memory.buffer);
      integers = new Int32Array(wasm.memory.buffer, others, capacity);
      products = new Float64Array(wasm.memory.buffer, out, capacity);
      held.fill(0);
    };

    const copy = (row: number, place: number) => {
      const at = base / 4 + place * dims;
      floats.set(values.subarray(row * width, (row + 1) * width), at);
      for (let k = width; k < dims; k++) floats[at + k] = 0;
    };
    const placeOf = (row: number, place: number) => {
      if (!holdsAll) {
        copy(row, place);
        return place;
      }
      if (held[row] === 0) {
        copy(row, row);
        held[row] = 1;
      }
      return row;
    };

    return (row, list, count, target) => {
      if (count > capacity) reserve(count);
      if (count === 0) return;
      const left = placeOf(row, capacity);
      for (let i = 0; i < count; i++) integers[i] = placeOf(list[i]!, i);
      const padded = roundUp(count, 4);
      for (let i = count; i < padded; i++) integers[i] = left;
      wasm.multiplyRows(base, left, others, padded, dims, out);
      for (let i = 0; i < count; i++) target[i] = products[i]!;
    };
  };
}
