import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { candidatesKept, scanCandidates } from '@/core/similarity/candidate-scan';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import { rankCandidates } from '@/core/similarity/rank-candidates';
import { makeUnitRows } from '@/core/similarity/reference-similarity';
import { finishWork } from '@/core/work';
import { loadKernels } from './kernels';

it('one search after the other has the same memory, as a page has room for few', async () => {
  const {
    openCandidateScan: open,
    openRowProducts,
    tileProduct: product,
  } = await loadKernels(await readFile('src/kernels/kernels.wasm'));
  const rows = makeUnitRows({ count: 80, dims: 20, seed: 5, pull: 0.5, copies: 0 });
  const members = Uint32Array.from({ length: 80 }, (_, row) => row);
  const Instance = WebAssembly.Instance;
  let made = 0;
  WebAssembly.Instance = class extends Instance {
    constructor(...given: ConstructorParameters<typeof Instance>) {
      super(...given);
      made++;
    }
  };
  try {
    for (let search = 0; search < 4; search++) {
      const keep = candidatesKept(5, 80);
      let tile = 0;
      const lists = [finishWork(scanCandidates({ rows, members, keep, open, takeTile: () => tile++ }))];
      finishWork(rankCandidates({ rows, members, wanted: members, k: 5, lists, openRowProducts }));
      finishWork(nearestNeighbours({ rows, members, positions: members, k: 5, product, openRowProducts }));
    }
  } finally {
    WebAssembly.Instance = Instance;
  }
  expect(made).toBe(1);
});
