import type { TileProduct } from '@/core/similarity/tile-product';
import { normaliseRows } from './normalise-rows';
import { plainTileProduct } from './plain-product';
import { instantiateWasmProduct } from './wasm-product';

/** Number crunching with one contract and two implementations, equal bit by bit. */
export interface Kernels {
  readonly kind: 'wasm-simd' | 'plain';
  readonly tileProduct: TileProduct;
  readonly normaliseRows: (
    source: Float32Array,
    count: number,
    dims: number,
    target: Float32Array,
    norms: Float32Array,
  ) => void;
}

/** The kernels in plain TypeScript: for engines without WASM SIMD, and for tests. */
export function plainKernels(): Kernels {
  return { kind: 'plain', tileProduct: plainTileProduct, normaliseRows };
}

/**
 * Instantiates the compiled kernels (bytes of kernels.wasm, which are only read); plain kernels where the engine does not
 * accept them. Each instance has its own memory, so one per worker.
 */
export async function loadKernels(bytes: BufferSource): Promise<Kernels> {
  if (!WebAssembly.validate(bytes)) return plainKernels();
  return { kind: 'wasm-simd', tileProduct: await instantiateWasmProduct(bytes), normaliseRows };
}
