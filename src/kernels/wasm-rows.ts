import type { RowProducts } from '@/core/similarity/row-products';
import { growMemory, roundUp } from './wasm-memory';

interface RowExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  multiplyRows(left: number, right: number, rowCount: number, dims: number, out: number): void;
}

/** The row products in SIMD. Uses an instance's memory from its start, between calls of others. */
export function wasmRowProducts(instance: WebAssembly.Instance): RowProducts {
  const wasm = instance.exports as unknown as RowExports;
  const out = roundUp(wasm.arenaStart(), 64);
  let floats = new Float32Array(wasm.memory.buffer);

  return ({ values, dims: width }, row, others, count, target) => {
    const dims = roundUp(width, 4);
    const left = roundUp(out + count * 8, 64);
    growMemory(wasm.memory, left + (count + 1) * dims * 4);
    if (floats.length === 0) floats = new Float32Array(wasm.memory.buffer);
    const stage = (source: number, place: number) => {
      const at = left / 4 + place * dims;
      floats.set(values.subarray(source * width, (source + 1) * width), at);
      for (let k = width; k < dims; k++) floats[at + k] = 0;
    };
    stage(row, 0);
    for (let i = 0; i < count; i++) stage(others[i]!, i + 1);
    wasm.multiplyRows(left, left + dims * 4, count, dims, out);
    target.set(new Float64Array(wasm.memory.buffer, out, count));
  };
}
