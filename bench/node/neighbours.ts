import { readFile } from 'node:fs/promises';
import { UMAP } from 'umap-js';
import { seededRandom } from '@/core/random';
import { candidatesKept, scanCandidates } from '@/core/similarity/candidate-scan';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import { type RankedCandidates, rankCandidates } from '@/core/similarity/rank-candidates';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { type Kernels, loadKernels } from '@/kernels/kernels';
import { type BenchmarkGroup, compareFigures, timeInTurns } from '../benchmark';
import { randomUnitRows } from '../random-rows';

const n = 3000;
const d = 384;
const k = 15;

/** The way of the page on one thread: candidates from integers, ranked in float64, rows in doubt found anew. */
function findAll(rows: UnitRows, members: Uint32Array, kernels: Kernels): RankedCandidates {
  const { openCandidateScan: open, openRowProducts, tileProduct: product } = kernels;
  const keep = candidatesKept(k - 1, members.length);
  let next = 0;
  const lists = [finishWork(scanCandidates({ rows, members, keep, open, takeTile: () => next++ }))];
  const ranked = { rows, members, from: 0, to: members.length, k: k - 1, lists, openRowProducts };
  const found = finishWork(rankCandidates(ranked));
  const { unsettled: positions } = found;
  const anew = finishWork(
    nearestNeighbours({ rows, members, positions, k: k - 1, product, openRowProducts }),
  );
  positions.forEach((position, i) => {
    found.ids.set(anew.ids.subarray(i * (k - 1), (i + 1) * (k - 1)), position * (k - 1));
  });
  return found;
}

export const neighbours: BenchmarkGroup = {
  name: 'neighbours',
  about: 'the 15 nearest rows of every row: ours, exact; umap-js, approximate',
  where: 'node',
  async *run({ root, rounds }) {
    const kernels = await loadKernels(await readFile(`${root}src/kernels/kernels.wasm`));
    const rows = randomUnitRows(n, d, 2);
    const members = Uint32Array.from({ length: n }, (_, row) => row);
    const lists = Array.from({ length: n }, (_, row) => Array.from(rows.subarray(row * d, (row + 1) * d)));
    const find = () => findAll({ values: rows, dims: d }, members, kernels);
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
