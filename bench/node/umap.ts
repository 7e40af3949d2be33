import { readFile } from 'node:fs/promises';
import { loadUmapKernels } from '@/kernels/umap-kernels';
import type { BenchmarkGroup } from '../benchmark';
import { compareRounds, contestShape, makeLists, runRound } from '../umap-contest';

export const umapInNode: BenchmarkGroup = {
  name: 'umap',
  about: 'UMAP on given neighbours and start, 200 epochs: ours, umap-js',
  where: 'node',
  async *run({ root, rounds }) {
    const kernels = await loadUmapKernels(await readFile(`${root}src/kernels/umap.wasm`));
    const lists = makeLists(contestShape.n, contestShape.d, contestShape.k);
    const results = [];
    for (let round = 0; round < rounds; round++) results.push(runRound(lists, kernels));
    yield* compareRounds(results, 'UMAP');
  },
};
