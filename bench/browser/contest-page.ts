// The page in which contests are held in a browser. The benchmark calls what it leaves in `contests`.
import { loadKernels } from '@/kernels/kernels';
import kernelsUrl from '@/kernels/kernels.wasm?url';
import pictureUrl from '@/kernels/picture.wasm?url';
import umapUrl from '@/kernels/umap.wasm?url';
import { loadUmapKernels } from '@/kernels/umap-kernels';
import type { AtlasModule } from '../contest/atlas-engine';
import { makeClusteredRows } from '../contest/clustered-rows';
import { openContest } from '../contest/open-contest';
import { type Contest, type Engines, passing, type Task } from '../contest/task';
import type { TensorModule } from '../contest/tensor-engine';
import { findGraphicsProcessor } from './graphics-processor';
import { openPage, type PageWorkers } from './page-workers';

/** Addresses of peers; null where they are not installed. */
export interface PeerAddresses {
  readonly atlas: string | null;
  /** Folder of the binaries of TensorFlow.js, whose scripts are in the page already. */
  readonly tensorBinaries: string | null;
}

const graphicsProcessor = findGraphicsProcessor();
let engines: Promise<Engines> | null = null;
let contest: Contest | null = null;

async function loadEngines({ atlas, tensorBinaries }: PeerAddresses): Promise<Engines> {
  const bytesOf = async (url: string) => (await fetch(url)).arrayBuffer();
  const bytes = await bytesOf(kernelsUrl);
  return {
    kernels: await loadKernels(bytes, await bytesOf(pictureUrl)),
    kernelsModule: await WebAssembly.compile(bytes),
    umapKernels: await loadUmapKernels(await bytesOf(umapUrl)),
    atlas: atlas === null ? null : ((await import(/* @vite-ignore */ atlas)) as AtlasModule),
    gpu: await graphicsProcessor,
    tensors: tensorBinaries === null ? null : await readyTensors(tensorBinaries),
  };
}

async function readyTensors(binaries: string): Promise<TensorModule> {
  const { tf } = globalThis as unknown as {
    tf: TensorModule & {
      setBackend(name: string): Promise<boolean>;
      readonly wasm: { setWasmPaths(folder: string): void; setThreadsCount(count: number): void };
    };
  };
  tf.wasm.setWasmPaths(binaries);
  tf.wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  return tf;
}

const held = {
  /** Name of the graphics processor that WebGPU offers, null where there is none. */
  async nameGraphicsProcessor(): Promise<string | null> {
    return (await graphicsProcessor)?.name ?? null;
  },
  /** How often the graphics processor was given work so far. */
  async countGraphicsWork(): Promise<number> {
    return (await graphicsProcessor)?.countWork() ?? 0;
  },
  async open(task: Task, addresses: PeerAddresses): Promise<Record<string, number>> {
    held.close();
    engines ??= loadEngines(addresses);
    contest = await openContest(task, await engines);
    for (const contender of Object.values(contest.contenders)) await contender.prepare?.();
    if (task.kind === 'neighbours' || task.kind === 'map') {
      // Ours is what the page does: its client, its jobs, its workers.
      const { rows } = makeClusteredRows(task.n, task.d, task.seed);
      const opened = await openPage(rows, task);
      pools.push(opened);
      const run = task.kind === 'map' ? opened.drawMap : opened.findNeighbours;
      contest = { ...contest, contenders: { ...contest.contenders, ours: { run } } };
      if (Object.keys(contest.contenders).some((name) => name.endsWith(passing))) {
        const whole = await openPage(rows, task, Math.max(1, navigator.hardwareConcurrency - 1));
        pools.push(whole);
        const inAll = async () => {
          const began = performance.now();
          await (task.kind === 'map' ? whole.drawMap() : whole.findNeighbours());
          return performance.now() - began;
        };
        contest = { ...contest, contenders: { ...contest.contenders, [`ours${passing}`]: { run: inAll } } };
      }
    }
    const shares = Object.entries(contest.contenders).map(([name, { share = 1 }]) => [name, share]);
    return Object.fromEntries(shares);
  },
  async run(name: string): Promise<number | null> {
    const ms = await contest?.contenders[name]?.run();
    return typeof ms === 'number' ? ms : null;
  },
  /** Opens pools of the page's workers alone, each with a matrix of its own, and leaves them to `findNeighbours`. */
  async openPools(task: Task, sizes: readonly number[]): Promise<void> {
    const { rows } = makeClusteredRows(task.n, task.d, task.seed);
    for (const size of sizes) pools.push(await openPage(rows, task, size));
  },
  /** By the workers of the pool of that position among those opened. */
  async findNeighbours(pool: number): Promise<void> {
    await pools[pool]?.findNeighbours();
  },
  close(): void {
    contest?.close?.();
    contest = null;
    for (const pool of pools.splice(0)) pool.close();
  },
};
const pools: PageWorkers[] = [];

declare global {
  /** In the page of contests. */
  const contests: typeof held;
}

Object.assign(globalThis, { contests: held });
