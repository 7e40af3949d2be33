import { usualCopiedBytes } from '@/core/similarity/candidate-scan';
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

/**
 * The row products in SIMD. Copies of the rows that were needed last are kept in an instance, and so a memory, of its own: each has
 * one place there, and those of a call that have the same place lie beside the others for as long as it lasts.
 */
export function wasmRowProducts(instances: SpareInstances<RowExports>): OpenRowProducts {
  return ({ values, dims: width }, heldBytes = usualCopiedBytes) => {
    const wasm = instances.take();
    const dims = roundUp(width, 4);
    const rowCount = width === 0 ? 0 : Math.floor(values.length / width);
    const places = Math.min(rowCount, Math.floor(heldBytes / Math.max(1, dims * 4)));
    const rowAt = new Int32Array(places).fill(-1);
    const callAt = new Int32Array(places);
    let call = 0;
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
      growMemory(wasm.memory, base + (places + capacity + 1) * dims * 4);
      floats = new Float32Array(wasm.memory.buffer);
      integers = new Int32Array(wasm.memory.buffer, others, capacity);
      products = new Float64Array(wasm.memory.buffer, out, capacity);
      rowAt.fill(-1);
    };

    const copy = (row: number, place: number) => {
      const at = base / 4 + place * dims;
      floats.set(values.subarray(row * width, (row + 1) * width), at);
      for (let k = width; k < dims; k++) floats[at + k] = 0;
    };
    /** Where a row of the present call lies; `own` is its place beside the others. */
    const placeOf = (row: number, own: number) => {
      const place = places === 0 ? -1 : row % places;
      if (place < 0 || (rowAt[place] !== row && callAt[place] === call)) {
        copy(row, places + own);
        return places + own;
      }
      if (rowAt[place] !== row) {
        copy(row, place);
        rowAt[place] = row;
      }
      callAt[place] = call;
      return place;
    };

    return {
      multiply(row, list, count, target) {
        if (count > capacity) reserve(count);
        if (count === 0) return;
        call++;
        const left = placeOf(row, capacity);
        for (let i = 0; i < count; i++) integers[i] = placeOf(list[i]!, i);
        const padded = roundUp(count, 4);
        for (let i = count; i < padded; i++) integers[i] = left;
        wasm.multiplyRows(base, left, others, padded, dims, out);
        for (let i = 0; i < count; i++) target[i] = products[i]!;
      },
      close: () => instances.put(wasm),
    };
  };
}
