import type { NeighbourBlock } from '@/core/similarity/neighbours';
import type { Shape } from '../benchmark';
import { atlasName } from './atlas-engine';
import { ourMap, ourNeighbours } from './our-engine';
import {
  type Contender,
  type Contest,
  type Engines,
  mostForUmapJs,
  neighbourCount,
  type OpenContest,
  passing,
} from './task';
import { createUmapJs, giveNeighbours, listsOf, umapJsName } from './umap-js-engine';

/** From vectors to the finished map, each with the epochs that it chooses itself. */
export const openMapContest: OpenContest = (task, { rows }, engines) => mapContest(task, rows, engines);

/** The same of any unit rows, no two of them equal. */
export function mapContest({ n, d }: Shape, rows: Float32Array, engines: Engines): Contest {
  const { atlas, gpu } = engines;
  const contenders: Record<string, Contender> = {};
  const add = (name: string, draw: () => Float32Array | Promise<Float32Array>, prepare = () => {}) => {
    let places = new Float32Array();
    contenders[name] = {
      prepare,
      async run() {
        places = (await draw()) as Float32Array<ArrayBuffer>;
      },
      read: () => places,
    };
  };
  add('ours', () => ourMap(engines, rows, n, d, neighbourCount));
  if (atlas !== null) {
    const drawAtlas = async (onGpu: boolean) => {
      const fixed = { metric: 'cosine', nNeighbors: neighbourCount, minDist: 0.1, seed: 1 } as const;
      const map = await atlas.createUMAP(n, d, 2, rows, { ...fixed, gpu: onGpu });
      await map.run();
      const places = map.embedding.slice();
      map.destroy();
      return places;
    };
    add(atlasName, () => drawAtlas(false));
    if (gpu !== null) {
      let places = new Float32Array();
      contenders[`${atlasName}, WebGPU${passing}`] = {
        async run() {
          const [began, workBefore] = [performance.now(), gpu.countWork()];
          places = (await drawAtlas(true)) as Float32Array<ArrayBuffer>;
          const ms = performance.now() - began;
          // It falls back to the processor without an error.
          if (gpu.countWork() === workBefore)
            throw new Error(`${atlasName} left the graphics processor idle.`);
          if (!places.every(Number.isFinite))
            throw new Error(`${atlasName}'s map has places that are no numbers.`);
          return ms;
        },
        read: () => places,
      };
    }
  }
  if (n <= mostForUmapJs) {
    let lists: number[][] = [];
    const makeLists = () => {
      lists = listsOf(rows, n, d);
    };
    add(umapJsName, () => Float32Array.from(createUmapJs().fit(lists).flat()), makeLists);
    let given: NeighbourBlock;
    add(
      `${umapJsName}, neighbours given`,
      () => {
        const umap = createUmapJs();
        giveNeighbours(umap, given, n);
        return Float32Array.from(umap.fit(lists).flat());
      },
      () => {
        if (lists.length === 0) makeLists();
        given = ourNeighbours(engines.kernels, rows, n, d, neighbourCount - 1);
      },
    );
  }
  return { contenders };
}
