import { readFile } from 'node:fs/promises';
import { loadKernels } from '@/kernels/kernels';
import { loadUmapKernels } from '@/kernels/umap-kernels';
import { type BenchmarkContext, processorClock } from '../benchmark';
import type { Arena } from '../contest/arena';
import { openContest } from '../contest/open-contest';
import type { Contender, Contest, Engines, Task } from '../contest/task';
import { installHint, loadAtlas, loadTensors } from '../peers/load-peers';
import { PythonPeer } from '../peers/python-peer';

export interface NodeArena extends Arena {
  readonly engines: Engines;
  /** What the last run of a contender came to. */
  read(contender: string): Float32Array | Int32Array;
  close(): Promise<void>;
}

export async function loadEngines(root: string): Promise<Engines> {
  const bytes = await readFile(`${root}src/kernels/kernels.wasm`);
  const [kernels, umapKernels, atlas, tensors] = await Promise.all([
    loadKernels(bytes),
    readFile(`${root}src/kernels/umap.wasm`).then(loadUmapKernels),
    loadAtlas(root),
    loadTensors(root),
  ]);
  return {
    kernels,
    umapKernels,
    atlas,
    gpu: null,
    tensors,
    kernelsModule: await WebAssembly.compile(bytes),
  };
}

/** This process, on one thread, by processor time. */
export async function openNodeArena({ root, say }: BenchmarkContext): Promise<NodeArena> {
  const engines = await loadEngines(root);
  const python = await PythonPeer.start(root);
  if (engines.atlas === null || engines.tensors === null)
    say(`Left out: embedding-atlas and TensorFlow.js (${installHint})`);
  if (python === null) say('Left out: NumPy and umap-learn, of which no python3 knows');
  else if (python.versions.umapLearn === null) say('Left out: umap-learn, which python3 does not know');
  let contest: Contest = { contenders: {} };
  const find = (name: string): Contender => {
    const contender = contest.contenders[name];
    if (contender === undefined) throw new Error(`${name} takes no part.`);
    return contender;
  };
  return {
    clock: processorClock,
    leastMs: 20,
    python,
    engines,
    async open(task: Task) {
      contest.close?.();
      contest = await openContest(task, engines);
      for (const contender of Object.values(contest.contenders)) await contender.prepare?.();
      return Object.fromEntries(
        Object.entries(contest.contenders).map(([name, { share = 1 }]) => [name, share]),
      );
    },
    run: async (name) => find(name).run(),
    read(name) {
      const { read } = find(name);
      if (read === undefined) throw new Error(`${name} has nothing to show.`);
      return read();
    },
    async close() {
      contest.close?.();
      await python?.stop();
    },
  };
}
