import { PlainStampSpace } from './plain-stamps';
import type { StampSpace } from './point-stamps';
import { openWasmStamps } from './wasm-stamps';

/**
 * Room for so many cells and points: with SIMD where engine and policy let the bytes of points.wasm (which are only read) be
 * compiled, else in plain TypeScript. Both draw the same, byte by byte.
 */
export function openStampSpace(cellCount: number, pointCount: number, bytes: BufferSource): StampSpace {
  return openWasmStamps(cellCount, pointCount, bytes) ?? new PlainStampSpace(cellCount, pointCount);
}
