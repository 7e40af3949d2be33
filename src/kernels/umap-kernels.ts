import type { UmapKernels } from '@/core/projection/umap-kernels';
import { fitPlainCurve } from './plain-curve';
import { openPlainUmap } from './plain-umap';
import { compileWasmUmap } from './wasm-umap';

/** UMAP's arithmetic in plain TypeScript: for engines without WASM SIMD, and for tests. */
export function plainUmapKernels(): UmapKernels {
  return { kind: 'plain', fitCurve: fitPlainCurve, open: openPlainUmap };
}

/** Compiles umap.wasm (its bytes are only read); the plain kernels where the engine does not accept it. */
export async function loadUmapKernels(bytes: BufferSource): Promise<UmapKernels> {
  return WebAssembly.validate(bytes) ? compileWasmUmap(bytes) : plainUmapKernels();
}
