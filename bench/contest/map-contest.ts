import { atlasName } from './atlas-engine';
import { ourMap, ourNeighbours } from './our-engine';
import { type Contender, neighbourCount, type OpenContest } from './task';
import { createUmapJs, giveNeighbours, listsOf, umapJsName } from './umap-js-engine';

/** Rows beyond which umap-js takes many minutes. */
const mostForUmapJs = 10_000;

/** From vectors to the finished map, each with the epochs that it chooses itself. */
export const openMapContest: OpenContest = ({ n, d }, { rows }, engines) => {
  const { atlas } = engines;
  const contenders: Record<string, Contender> = {};
  const add = (name: string, draw: () => Float32Array | Promise<Float32Array>) => {
    let places = new Float32Array();
    contenders[name] = {
      async run() {
        places = (await draw()) as Float32Array<ArrayBuffer>;
      },
      read: () => places,
    };
  };
  add('ours', () => ourMap(engines, rows, n, d, neighbourCount));
  if (atlas !== null) {
    add(atlasName, async () => {
      const options = { metric: 'cosine', nNeighbors: neighbourCount, minDist: 0.1, seed: 1 } as const;
      const map = await atlas.createUMAP(n, d, 2, rows, options);
      await map.run();
      const places = map.embedding.slice();
      map.destroy();
      return places;
    });
  }
  if (n <= mostForUmapJs) {
    const lists = listsOf(rows, n, d);
    const given = ourNeighbours(engines.kernels, rows, n, d, neighbourCount - 1);
    add(umapJsName, () => Float32Array.from(createUmapJs().fit(lists).flat()));
    add(`${umapJsName}, neighbours given`, () => {
      const umap = createUmapJs();
      giveNeighbours(umap, given, n);
      return Float32Array.from(umap.fit(lists).flat());
    });
  }
  return { contenders };
};
