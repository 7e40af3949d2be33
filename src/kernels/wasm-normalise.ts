import type { NormaliseRows } from './normalise-rows';
import { growMemory, roundUp } from './wasm-memory';

/** Exports of assembly/normalise.ts; addresses are bytes in `memory`. */
interface NormaliseExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  normaliseRows(rows: number, rowCount: number, dims: number, norms: number): void;
}

/** Rows that are copied and scaled at a time. */
const chunkRows = 64;

/** The SIMD kernel. Uses an instance's memory from its start, between calls of others. */
export function wasmNormaliseRows(instance: WebAssembly.Instance): NormaliseRows {
  const wasm = instance.exports as unknown as NormaliseExports;
  const lengths = roundUp(wasm.arenaStart(), 64);
  const staged = lengths + chunkRows * 4;

  return (source, count, width, target, norms) => {
    const dims = roundUp(width, 4);
    growMemory(wasm.memory, staged + chunkRows * dims * 4);
    const floats = new Float32Array(wasm.memory.buffer);
    for (let start = 0; start < count; start += chunkRows) {
      const rowCount = Math.min(chunkRows, count - start);
      for (let row = 0; row < rowCount; row++) {
        const from = (start + row) * width;
        const at = staged / 4 + row * dims;
        floats.set(source.subarray(from, from + width), at);
        floats.fill(0, at + width, at + dims);
      }
      wasm.normaliseRows(staged, rowCount, dims, lengths);
      norms.set(floats.subarray(lengths / 4, lengths / 4 + rowCount), start);
      for (let row = 0; row < rowCount; row++) {
        const at = staged / 4 + row * dims;
        target.set(floats.subarray(at, at + width), (start + row) * width);
      }
    }
  };
}
