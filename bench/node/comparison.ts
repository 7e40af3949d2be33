import { hsicTerms, linearCka } from '@/core/comparison/linear-cka';
import { deepestList, listAgreement } from '@/core/comparison/list-agreement';
import { procrustesAgreement } from '@/core/comparison/procrustes';
import { rankedPairs, rankSimilarity } from '@/core/comparison/rank-similarity';
import { labelledRows, labelScores } from '@/core/evaluation/label-scores';
import { effectiveRank, spaceScores } from '@/core/evaluation/space-scores';
import { smallerGram } from '@/core/similarity/gram';
import { pairCosines, samplePairs } from '@/core/similarity/pair-sample';
import { averageRanksOf } from '@/core/similarity/sort-order';
import { finishWork } from '@/core/work';
import {
  type BenchmarkGroup,
  type BenchmarkResult,
  chooseShapes,
  compareFigures,
  processorClock,
} from '../benchmark';
import { makeClusteredRows } from '../contest/clustered-rows';
import { ourNeighbours } from '../contest/our-engine';
import { loadEngines } from './node-arena';

const runCount = 3;

/** Everything that tab Compare and Comparison (JSON) show of three runs, on one thread. */
export const comparison: BenchmarkGroup = {
  name: 'comparison',
  about: 'the whole comparison of three runs, step by step, held against its neighbour search alone',
  where: 'node',
  async *run(context) {
    const { kernels } = await loadEngines(context.root);
    const { tileProduct: product } = kernels;
    for (const { n, d } of chooseShapes(context, [{ n: 10_000, d: 1024 }], [])) {
      const made = Array.from({ length: runCount }, (_, run) => makeClusteredRows(n, d, run + 1));
      const runs = made.map(({ rows }) => ({ values: rows, dims: d }));
      const members = Uint32Array.from({ length: n }, (_, i) => i);
      const sides = runs.map((rows) => ({ rows, indices: members }));
      const pairs = runs.flatMap((_, a) => runs.slice(a + 1).map((__, i) => [a, a + 1 + i] as const));
      let whole = 0;
      let searching = 0;
      const time = async <Result>(work: () => Result): Promise<{ result: Result; seconds: number }> => {
        const began = await processorClock();
        const result = work();
        const seconds = ((await processorClock()) - began) / 1000;
        whole += seconds;
        return { result, seconds };
      };
      const figure = (name: string, seconds: number): BenchmarkResult =>
        compareFigures({
          name: `comparison: ${name}`,
          n,
          d,
          unit: 's',
          better: 'less',
          value: seconds,
          ...(searching > 0 ? { peer: { name: 'its neighbour search', value: searching } } : {}),
        });
      const listLength = Math.min(deepestList, n - 1);

      const lists = await time(() =>
        runs.map(({ values }) => ourNeighbours(kernels, values, n, d, listLength)),
      );
      yield figure('neighbours of three runs, 50 deep', lists.seconds);
      searching = lists.seconds;

      const agreement = await time(() =>
        pairs.map(([a, b]) =>
          finishWork(
            listAgreement({ a: lists.result[a]!.ids, b: lists.result[b]!.ids, count: n, k: 10, listLength }),
          ),
        ),
      );
      yield figure('overlap, Jaccard and rank-biased overlap of three pairs', agreement.seconds);

      const sample = samplePairs(n, rankedPairs(n));
      const rsa = await time(() => {
        const ranks = runs.map((rows) =>
          finishWork(averageRanksOf(finishWork(pairCosines({ rows, members, pairs: sample, product })))),
        );
        return pairs.map(([a, b]) =>
          finishWork(rankSimilarity({ ranksA: ranks[a]!, ranksB: ranks[b]!, pairs: sample, count: n })),
        );
      });
      yield figure('RSA of three pairs', rsa.seconds);

      const cka = await time(() => {
        const own = sides.map((side) => finishWork(hsicTerms({ x: side, y: side, product })));
        return pairs.map(([a, b]) => {
          const ofPair = finishWork(hsicTerms({ x: sides[a]!, y: sides[b]!, product }));
          return finishWork(linearCka({ ofPair, ofA: own[a]!, ofB: own[b]! }));
        });
      });
      yield figure('debiased CKA of three pairs', cka.seconds);

      const scores = await time(() =>
        runs.map((rows, run) => {
          const gram = finishWork(smallerGram({ rows, members, product }));
          const { ids } = lists.result[run]!;
          finishWork(effectiveRank(gram));
          return finishWork(spaceScores({ rows, members, gram, ids, listLength, product }));
        }),
      );
      yield figure('spread, hubness and dimensions of three runs', scores.seconds);

      const labelled = labelledRows(made[0]!.labels, members);
      const labels = await time(() =>
        runs.map((rows, run) =>
          finishWork(labelScores({ rows, ...labelled, ...lists.result[run]!, listLength, product })),
        ),
      );
      yield figure('scores by labels of three runs', labels.seconds);
      yield figure('all but Procrustes', whole);

      const procrustes = await time(() =>
        pairs.map(([a, b]) => finishWork(procrustesAgreement({ x: sides[a]!, y: sides[b]!, product }))),
      );
      yield figure('corrected Procrustes of three pairs', procrustes.seconds);
      yield figure('the whole', whole);
    }
  },
};
