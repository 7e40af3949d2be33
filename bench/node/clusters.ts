import { readFile } from 'node:fs/promises';
import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import { measureCohesion } from '@/core/clustering/cohesion';
import { clusterNeighbours, findClusters } from '@/core/clustering/find-clusters';
import { keywordsOf } from '@/core/clustering/keywords';
import { leiden, modularity } from '@/core/clustering/leiden';
import { mutualGraph, type WeightedGraph } from '@/core/clustering/weighted-graph';
import { packTexts } from '@/core/dataset/text-column';
import { patternWords, segmenterWords } from '@/core/embedding/baseline/split-words';
import { countTerms } from '@/core/embedding/baseline/term-counts';
import { seededRandom } from '@/core/random';
import { choosePartitioning } from '@/core/similarity/approximate-search';
import { candidatesKept, scanCandidates } from '@/core/similarity/candidate-scan';
import { rankCandidates } from '@/core/similarity/rank-candidates';
import { scanPartitions } from '@/core/similarity/scan-partitions';
import { finishWork } from '@/core/work';
import { loadKernels } from '@/kernels/kernels';
import { type BenchmarkGroup, compareFigures, processorClock, timeInTurns } from '../benchmark';
import { makeClusteredRows } from '../contest/clustered-rows';
import { makeTexts } from '../make-texts';

const d = 64;
/** Vectors of this length decide whether the page compares all pairs. */
const pageDims = 1024;
const sizes = [10_000, 50_000];
/** Rows of the large run; a package's Louvain is not asked for them. */
const large = 200_000;
const groups = 50;

/** The way of Louvain in a package: the graph in its own form, then its communities. */
function byPackage(graph: WeightedGraph): Int32Array {
  const built = new Graph({ type: 'undirected' });
  for (let vertex = 0; vertex < graph.count; vertex++) built.addNode(vertex);
  for (let vertex = 0; vertex < graph.count; vertex++)
    for (let at = graph.starts[vertex]!; at < graph.starts[vertex + 1]!; at++)
      if (graph.targets[at]! > vertex)
        built.addEdge(vertex, graph.targets[at]!, { weight: graph.weights[at]! });
  const found = louvain(built, { resolution: 1, rng: seededRandom(1) });
  return Int32Array.from({ length: graph.count }, (_, vertex) => found[vertex]!);
}

export const clusters: BenchmarkGroup = {
  name: 'clusters',
  about:
    'communities of the mutual neighbour graph: ours, Louvain of graphology; the test against chance; keywords',
  where: 'node',
  async *run({ root, rounds, large: isLarge }) {
    const kernels = await loadKernels(await readFile(`${root}src/kernels/kernels.wasm`));
    for (const n of isLarge ? [...sizes, large] : sizes) {
      const rows = { values: makeClusteredRows(n, d, 3).rows, dims: d };
      const members = Uint32Array.from({ length: n }, (_, row) => row);
      const k = clusterNeighbours(n);
      const keep = candidatesKept(k, n);
      let next = 0;
      const { openCandidateScan: open, openRowProducts, tileProduct: product } = kernels;
      const takeNext = () => next++;
      const partitioning = choosePartitioning(n, pageDims);
      const found = finishWork(
        partitioning === null
          ? scanCandidates({ rows, members, keep, open, takeTile: takeNext })
          : scanPartitions({ rows, members, keep, open, partitioning, takeCut: takeNext }),
      )!;
      const lists = finishWork(
        rankCandidates({ rows, members, wanted: members, k, lists: [found], openRowProducts }),
      );
      const graph = mutualGraph({ ...lists, count: n, k });
      const ours = () => finishWork(leiden(graph, { resolution: 1, seed: 1 }));
      const hasPeer = n < large;
      const contenders: Record<string, () => unknown> = { ours };
      if (hasPeer) contenders.louvain = () => byPackage(graph);
      const times = await timeInTurns(contenders, { rounds, clock: processorClock });
      yield compareFigures({
        name: 'communities of the mutual neighbour graph',
        n,
        d,
        unit: 'ms',
        better: 'less',
        value: times.ours!,
        ...(hasPeer && { peer: { name: 'graphology, its graph and Louvain', value: times.louvain! } }),
      });
      yield compareFigures({
        name: 'their modularity',
        n,
        d,
        unit: '',
        better: 'more',
        value: modularity(graph, ours(), 1),
        ...(hasPeer && { peer: { name: 'graphology', value: modularity(graph, byPackage(graph), 1) } }),
      });

      const cohesion = finishWork(measureCohesion({ rows, members, ids: lists.ids, k, product, seed: 1 }));
      const request = {
        ...lists,
        count: n,
        k,
        copies: new Uint32Array(n).fill(1),
        cohesion: cohesion.ofMember,
        ofShuffled: cohesion.ofShuffled,
        resolution: 1,
        seed: 1,
      };
      const texts = packTexts(makeTexts(n));
      const split = segmenterWords() ?? patternWords;
      const counts = finishWork(countTerms(texts, split));
      const groupOf = Int32Array.from({ length: n }, (_, row) => row % groups);
      const parts = await timeInTurns(
        {
          chance: () => finishWork(measureCohesion({ rows, members, ids: lists.ids, k, product, seed: 1 })),
          clusters: () => finishWork(findClusters(request)),
          words: () => finishWork(countTerms(texts, split)),
          keywords: () => finishWork(keywordsOf({ texts, counts, groupOf, groupCount: groups, most: 10 })),
        },
        { rounds: Math.min(rounds, 3), clock: processorClock },
      );
      const named = {
        chance: 'clusters: held against shuffled vectors',
        clusters: 'clusters: given neighbours',
        words: 'keywords: words counted',
        keywords: `keywords: of ${groups} groups, words given`,
      } as const;
      for (const part of ['chance', 'clusters', 'words', 'keywords'] as const)
        yield compareFigures({
          name: named[part],
          n,
          d: null,
          unit: 'ms',
          better: 'less',
          value: parts[part],
        });
    }
  },
};
