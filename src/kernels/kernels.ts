import type { OpenCandidateScan } from '@/core/similarity/candidate-scan';
import type { OpenRowProducts } from '@/core/similarity/row-products';
import type { TileProduct } from '@/core/similarity/tile-product';
import { type NormaliseRows, plainNormaliseRows } from './normalise-rows';
import { plainTileProduct } from './plain-product';
import { openPlainRowProducts } from './plain-rows';
import { openPlainScan } from './plain-scan';
import { SpareInstances } from './spare-instances';
import { wasmNormaliseRows } from './wasm-normalise';
import { wasmTileProduct } from './wasm-product';
import { type RowExports, wasmRowProducts } from './wasm-rows';
import { type ScanExports, wasmScan } from './wasm-scan';

/** Number crunching with one contract and two implementations, equal bit by bit. */
export interface Kernels {
  readonly kind: 'wasm-simd' | 'plain';
  readonly tileProduct: TileProduct;
  /** For pictures only: may differ from tileProduct in the last bits, from machine to machine. */
  readonly pictureProduct: TileProduct;
  readonly openRowProducts: OpenRowProducts;
  readonly openCandidateScan: OpenCandidateScan;
  readonly normaliseRows: NormaliseRows;
}

/** The kernels in plain TypeScript: for engines without WASM SIMD, and for tests. */
export function plainKernels(): Kernels {
  return {
    kind: 'plain',
    tileProduct: plainTileProduct,
    pictureProduct: plainTileProduct,
    openRowProducts: openPlainRowProducts,
    openCandidateScan: openPlainScan,
    normaliseRows: plainNormaliseRows,
  };
}

/**
 * Instantiates the compiled kernels (bytes of kernels.wasm, which are only read); plain kernels where the engine does not
 * accept them. With the bytes of picture.wasm, pictures are multiplied by fused products where the engine has these. Each instance has its own memory, so one per worker.
 */
export async function loadKernels(
  bytes: BufferSource,
  pictureBytes: BufferSource | null = null,
): Promise<Kernels> {
  if (!WebAssembly.validate(bytes)) return plainKernels();
  const { module, instance } = await WebAssembly.instantiate(bytes, {});
  const tileProduct = wasmTileProduct(instance);
  // Node 20 and older browsers do not accept relaxed SIMD.
  const pictureProduct =
    pictureBytes !== null && WebAssembly.validate(pictureBytes)
      ? openWhenUsed(await WebAssembly.compile(pictureBytes))
      : tileProduct;
  const instances = new SpareInstances<ScanExports & RowExports>(module);
  return {
    kind: 'wasm-simd',
    tileProduct,
    pictureProduct,
    openRowProducts: wasmRowProducts(instances),
    openCandidateScan: wasmScan(instances),
    normaliseRows: wasmNormaliseRows(instance),
  };
}

/** The tile product of a module that most workers of a large pool never use: its memory takes address space, which is not endless. */
function openWhenUsed(module: WebAssembly.Module): TileProduct {
  let opened: TileProduct | null = null;
  return (...request) => {
    opened ??= wasmTileProduct(new WebAssembly.Instance(module, {}));
    return opened(...request);
  };
}
