import { readFile } from 'node:fs/promises';
import { UMAP } from 'umap-js';
import { seededRandom } from '@/core/random';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import { finishWork } from '@/core/work';
import { loadKernels } from '@/kernels/kernels';
import { type BenchmarkGroup, compareFigures, timeInTurns } from '../benchmark';
import { randomUnitRows } from '../random-rows';

const n = 3000;
const d = 384;
const k = 15;

export const neighbours: BenchmarkGroup = {
  name: 'neighbours',
  about: 'the 15 nearest rows of every row: ours, exact; umap-js, approximate',
  where: 'node',
  async *run({ root, rounds }) {
    const kernels = await loadKernels(await readFile(`${root}src/kernels/kernels.wasm`));
    const rows = randomUnitRows(n, d, 2);
    const members = Uint32Array.from({ length: n }, (_, row) => row);
    const lists = Array.from({ length: n }, (_, row) => Array.from(rows.subarray(row * d, (row + 1) * d)));
    const find = () =>
      finishWork(
        nearestNeighbours({
          rows: { values: rows, dims: d },
          members,
          from: 0,
          to: n,
          k: k - 1,
          product: kernels.tileProduct,
        }),
      );
    const found = find();
    const ids = lists.map((_, row) => [row, ...found.ids.subarray(row * (k - 1), (row + 1) * (k - 1))]);
    const distances = lists.map((_, row) => [
      0,
      ...Array.from(found.similarities.subarray(row * (k - 1), (row + 1) * (k - 1)), (cosine) => 1 - cosine),
    ]);
    const initialise = (isGiven: boolean) => {
      const umap = new UMAP({ nNeighbors: k, nEpochs: 1, random: seededRandom(1) });
      if (isGiven) umap.setPrecomputedKNN(ids, distances);
      umap.initializeFit(lists);
    };
    // umap-js has no door to its search alone: it is the start with it less the start with given neighbours.
    const times = await timeInTurns(
      { ours: find, whole: () => initialise(false), given: () => initialise(true) },
      rounds,
    );
    yield compareFigures({
      name: 'nearest neighbours, k = 15',
      n,
      d,
      unit: 'ms',
      better: 'less',
      value: times.ours,
      peer: { name: 'umap-js', value: times.whole - times.given },
    });
  },
};
