import { execFileSync } from 'node:child_process';
import { type BenchmarkGroup, chooseShapes, compareFigures } from '../benchmark';
import { atlasName } from '../contest/atlas-engine';
import { makeClusteredRows } from '../contest/clustered-rows';
import { mostForUmapJs, neighbourCount, type Task } from '../contest/task';
import { umapJsName } from '../contest/umap-js-engine';
import { hasPeer } from '../peers/load-peers';
import { PythonPeer } from '../peers/python-peer';
import type { MemoryAnswer } from './memory-child';

/** Most memory beyond the vectors themselves, from vectors to the finished map; each in a process of its own. */
export const memory: BenchmarkGroup = {
  name: 'memory',
  about: 'most memory beyond the vectors while a map is made of them; the vectors once more, peers',
  where: 'node',
  async *run(context) {
    const { root, say } = context;
    const shapes = chooseShapes(
      context,
      [{ n: 5000, d: 384 }],
      [
        { n: 10_000, d: 384 },
        { n: 10_000, d: 1024 },
        { n: 50_000, d: 384 },
      ],
    );
    for (const { n, d } of shapes) {
      const task: Task = { kind: 'map', n, d, seed: 7 };
      const measure = (name: string) => {
        say(`memory, ${n} × ${d}: ${name}`);
        const words = [`${root}node_modules/.bench/memory-child.js`, root, JSON.stringify(task), name];
        const answer = execFileSync(process.execPath, ['--expose-gc', ...words], { encoding: 'utf8' });
        return (JSON.parse(answer.trim().split('\n').at(-1)!) as MemoryAnswer).bytes / 1e6;
      };
      const peers = new Map([['the vectors', (n * d * 4) / 1e6]]);
      const value = measure('ours');
      if (hasPeer(root, 'atlas')) peers.set(atlasName, measure(atlasName));
      if (n <= mostForUmapJs) peers.set(umapJsName, measure(umapJsName));
      const python = await PythonPeer.start(root);
      if (python !== null && python.versions.umapLearn !== null) {
        await python.warm();
        await python.load(makeClusteredRows(n, d, task.seed).rows, n, d);
        await python.run({ do: 'umap', k: neighbourCount, epochs: null, given: false });
        peers.set('umap-learn', (await python.memory()) / 1e6);
      }
      await python?.stop();
      for (const [name, megabytes] of peers)
        yield compareFigures({
          name: 'memory beyond the vectors',
          n,
          d,
          unit: 'MB',
          better: 'less',
          value,
          peer: { name, value: megabytes },
        });
    }
  },
};
