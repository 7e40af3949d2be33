import { expect, test } from 'vitest';
import { hashBytes, portableChecksum, portableRequest } from '@/core/projection/layout-samples';
import { umapLayout } from '@/core/projection/umap';
import { finishWork } from '@/core/work';
import kernelsUrl from './umap.wasm?url';
import { loadUmapKernels, plainUmapKernels } from './umap-kernels';

test('a layout has the bytes here that it has in Node, with either kind of kernels', async () => {
  const response = await fetch(kernelsUrl);
  const wasm = await loadUmapKernels(await response.arrayBuffer());
  expect(wasm.kind).toBe('wasm-simd');
  for (const kernels of [wasm, plainUmapKernels()]) {
    const { layout } = finishWork(umapLayout(portableRequest(), kernels));
    expect(hashBytes(layout)).toBe(portableChecksum);
  }
});
