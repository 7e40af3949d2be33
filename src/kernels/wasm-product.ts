import type { TileProduct } from '@/core/similarity/tile-product';
import { blockDepth } from './plain-product';
import { growMemory, roundUp } from './wasm-memory';

/** Exports of assembly/kernels.ts; addresses are bytes in `memory`. */
interface WasmExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  packPanel(
    source: number,
    target: number,
    width: number,
    dims: number,
    firstRow: number,
    paddedRows: number,
  ): void;
  multiplyBlock(
    a: number,
    b: number,
    out: number,
    aRows: number,
    bRows: number,
    dims: number,
    k: number,
    strideBytes: number,
    isTriangle: boolean,
  ): void;
}

const aPanelRows = 4;
const bPanelRows = 8;
/** Rows of an operand packed at a time, which bounds the memory whatever the caller asks for. */
const chunkRows = 512;

/** The tile product in SIMD. Uses an instance's memory from its start, between calls of others. */
export function wasmTileProduct(instance: WebAssembly.Instance): TileProduct {
  const wasm = instance.exports as unknown as WasmExports;
  const arena = wasm.arenaStart();
  let floats = new Float32Array(wasm.memory.buffer);

  function reserve(endBytes: number): void {
    growMemory(wasm.memory, endBytes);
    // Growing, here or by others, empties earlier views.
    if (floats.length === 0) floats = new Float32Array(wasm.memory.buffer);
  }

  function packRows(
    source: Float32Array,
    firstRow: number,
    rowCount: number,
    dims: number,
    panelRows: number,
    target: number,
  ): void {
    const paddedRows = roundUp(rowCount, panelRows);
    const strip = arena / 4;
    for (let row = 0; row < rowCount; row += panelRows) {
      // Rows missing from the last panel keep what the strip held: products with them are never read.
      const present = Math.min(panelRows, rowCount - row);
      const start = (firstRow + row) * dims;
      floats.set(source.subarray(start, start + present * dims), strip);
      wasm.packPanel(arena, target, panelRows, dims, row, paddedRows);
    }
  }

  return (a, aRows, b, bRows, dims, out) => {
    if (dims === 0) {
      out.fill(0, 0, aRows * bRows);
      return;
    }
    const aCapacity = roundUp(Math.min(aRows, chunkRows), aPanelRows);
    const bCapacity = roundUp(Math.min(bRows, chunkRows), bPanelRows);
    // Eight floats more than needed: rows a power of two apart would compete for the same cache lines.
    const stride = bCapacity + 8;
    const aAddress = roundUp(arena + bPanelRows * dims * 4, 64);
    const bAddress = roundUp(aAddress + aCapacity * dims * 4, 64);
    const outAddress = roundUp(bAddress + bCapacity * dims * 4, 64);
    reserve(outAddress + aCapacity * stride * 4);

    // Of rows with themselves one half is made, and written twice.
    const isSelf = aRows === bRows && a.buffer === b.buffer && a.byteOffset === b.byteOffset;
    for (let aStart = 0; aStart < aRows; aStart += chunkRows) {
      const aCount = Math.min(chunkRows, aRows - aStart);
      packRows(a, aStart, aCount, dims, aPanelRows, aAddress);
      for (let bStart = isSelf ? aStart : 0; bStart < bRows; bStart += chunkRows) {
        const bCount = Math.min(chunkRows, bRows - bStart);
        packRows(b, bStart, bCount, dims, bPanelRows, bAddress);
        const aPadded = roundUp(aCount, aPanelRows);
        const bPadded = roundUp(bCount, bPanelRows);
        const isTriangle = isSelf && aStart === bStart;
        for (let k = 0; k < dims; k += blockDepth) {
          wasm.multiplyBlock(
            aAddress,
            bAddress,
            outAddress,
            aPadded,
            bPadded,
            dims,
            k,
            stride * 4,
            isTriangle,
          );
        }
        const made = outAddress / 4;
        for (let i = 0; i < aCount; i++) {
          const first = isTriangle ? i : 0;
          const line = made + i * stride;
          out.set(floats.subarray(line + first, line + bCount), (aStart + i) * bRows + bStart + first);
        }
        if (isSelf)
          mirror(floats, made, stride, aCount, bCount, isTriangle, out, bStart * bRows + aStart, bRows);
      }
    }
  };
}

/** Writes lines of a product as columns; of a triangle what lies above the diagonal. */
function mirror(
  source: Float32Array,
  made: number,
  stride: number,
  height: number,
  width: number,
  isTriangle: boolean,
  out: Float32Array,
  start: number,
  outStride: number,
): void {
  for (let column = 0; column < width; column++) {
    const line = start + column * outStride;
    const end = isTriangle ? Math.min(column, height) : height;
    for (let row = 0; row < end; row++) out[line + row] = source[made + row * stride + column]!;
  }
}
