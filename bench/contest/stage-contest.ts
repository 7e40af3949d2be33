import type { UMAP } from 'umap-js';
import { scaleStart, stirStart } from '@/core/projection/layout-request';
import type { UmapSession } from '@/core/projection/umap-kernels';
import { seededRandom } from '@/core/random';
import type { NeighbourBlock } from '@/core/similarity/neighbours';
import { type AtlasModule, atlasName } from './atlas-engine';
import { ourNeighbours, ourPlane } from './our-engine';
import {
  type Contender,
  type Engines,
  mostForUmapJs,
  neighbourCount,
  type OpenContest,
  type Task,
} from './task';
import { createUmapJs, giveNeighbours, umapJsName } from './umap-js-engine';

/** Epochs that a contender runs at a time. */
export const epochsAtATime = 20;
const epochs = 200;

/** UMAP on the same exact neighbours: `start` builds the fuzzy set and the first layout, `move` runs some epochs. */
interface Stages {
  start(): void | Promise<void>;
  move(): void | Promise<void>;
}

class OurStages implements Stages {
  #session: UmapSession | null = null;
  #parts = 0;
  #epoch = 0;

  constructor(
    private readonly task: Task,
    private readonly rows: Float32Array,
    private readonly given: NeighbourBlock,
    private readonly engines: Engines,
  ) {}

  start(): void {
    const { n, d } = this.task;
    const places = scaleStart(ourPlane(this.engines.kernels, this.rows, n, d));
    stirStart(places, seededRandom(1));
    const random = Uint32Array.of(123456789, 362436069, 521288629, 88675123);
    const session = this.engines.umapKernels.open({
      ...this.given,
      count: n,
      k: neighbourCount - 1,
      neighbours: neighbourCount,
      minDist: 0.1,
      epochs,
      places,
      random,
    });
    for (const work of [session.weighRows, session.uniteRows])
      for (let from = 0; from < n; from += 1024) work(from, Math.min(n, from + 1024));
    this.#parts = session.arrangeEdges();
    this.#session = session;
    this.#epoch = 0;
  }

  move(): void {
    if (this.#session === null || this.#epoch + epochsAtATime > epochs) this.start();
    for (let i = 0; i < epochsAtATime; i++) {
      this.#epoch++;
      for (let part = 0; part < this.#parts; part++) this.#session!.moveEpoch(this.#epoch, part);
    }
  }
}

class UmapJsStages implements Stages {
  #umap: UMAP | null = null;
  #epoch = 0;

  constructor(
    private readonly n: number,
    private readonly given: NeighbourBlock,
  ) {}

  start(): void {
    this.#umap = createUmapJs(epochs);
    giveNeighbours(this.#umap, this.given, this.n);
    this.#umap.initializeFit(Array.from({ length: this.n }, () => []));
    this.#epoch = 0;
  }

  move(): void {
    if (this.#umap === null || this.#epoch + epochsAtATime > epochs) this.start();
    for (let i = 0; i < epochsAtATime; i++) this.#umap!.step();
    this.#epoch += epochsAtATime;
  }
}

class AtlasStages implements Stages {
  #map: Awaited<ReturnType<AtlasModule['createUMAPFromKNN']>> | null = null;

  constructor(
    private readonly n: number,
    private readonly given: NeighbourBlock,
    private readonly atlas: AtlasModule,
  ) {}

  async start(): Promise<void> {
    this.#map?.destroy();
    const distances = this.given.similarities.map((cosine) => Math.max(0, 1 - cosine));
    const options = { minDist: 0.1, seed: 1 };
    this.#map = await this.atlas.createUMAPFromKNN(this.n, 2, this.given.ids, distances, options);
  }

  async move(): Promise<void> {
    if (this.#map === null) await this.start();
    await this.#map!.step(epochsAtATime);
  }
}

/** Marks of a contender's two jobs. */
export const stageMarks = { start: 'start: ', move: 'epochs: ' } as const;

export const openStageContest: OpenContest = async (task, { rows }, engines) => {
  const { n, d } = task;
  const given = ourNeighbours(engines.kernels, rows, n, d, neighbourCount - 1);
  const stages: Record<string, Stages> = {
    ours: new OurStages(task, rows, given, engines),
    ...(n > mostForUmapJs ? {} : { [umapJsName]: new UmapJsStages(n, given) }),
    ...(engines.atlas === null ? {} : { [atlasName]: new AtlasStages(n, given, engines.atlas) }),
  };
  const contenders: Record<string, Contender> = {};
  for (const [name, stage] of Object.entries(stages)) {
    // Before anyone is timed, so that no turn of epochs has to begin with a start.
    await stage.start();
    contenders[stageMarks.start + name] = { run: () => stage.start() };
    contenders[stageMarks.move + name] = { run: () => stage.move() };
  }
  return { contenders };
};
