import { atlasName } from './atlas-engine';
import { ourCandidates, ourNeighbours } from './our-engine';
import { openProductsAlone } from './products-alone';
import { type Contender, mostForUmapJs, neighbourCount, type OpenContest } from './task';
import { listsOf, UmapJsSearch } from './umap-js-engine';

/** The nearest rows of every row. */
export const openNeighbourContest: OpenContest = ({ n, d }, { rows }, { kernels, kernelsModule, atlas }) => {
  const k = neighbourCount - 1;
  let ours = new Int32Array();
  const contenders: Record<string, Contender> = {
    ours: {
      run() {
        ours = ourNeighbours(kernels, rows, n, d, k).ids;
      },
      read: () => ours,
    },
  };
  if (kernels.kind === 'wasm-simd') {
    let multiply = () => {};
    contenders['its scan alone'] = { run: () => ourCandidates(kernels, rows, n, d, k) };
    contenders['its products alone'] = {
      prepare() {
        multiply = openProductsAlone(kernelsModule, n, d);
      },
      run: () => multiply(),
    };
  }
  if (atlas !== null) {
    const found = new Int32Array(n * k);
    contenders[`${atlasName}, NN-descent`] = {
      async run() {
        const options = { metric: 'cosine', nNeighbors: neighbourCount, seed: 1 } as const;
        const index = await atlas.createNNDescent(n, d, rows, options);
        for (let row = 0; row < n; row++)
          found.set(withoutSelf(index.queryByIndex(row, neighbourCount).indices, row, k), row * k);
        index.destroy();
      },
      read: () => found,
    };
  }
  if (n <= mostForUmapJs) {
    const search = new UmapJsSearch();
    contenders['umap-js, NN-descent'] = {
      prepare: () => search.take(listsOf(rows, n, d)),
      run: () => search.run(),
      read: () => Int32Array.from(search.found().flatMap((ids, row) => [...withoutSelf(ids, row, k)])),
    };
  }
  return { contenders };
};

function withoutSelf(ids: ArrayLike<number>, row: number, k: number): Int32Array {
  return Int32Array.from(ids)
    .filter((id) => id !== row)
    .slice(0, k);
}
