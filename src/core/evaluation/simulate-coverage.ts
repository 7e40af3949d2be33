/** For tests: how often the intervals hold the truth, on samples of a made-up population, each measured end to end. */
import { hsicTerms, linearCka } from '@/core/comparison/linear-cka';
import { listAgreement } from '@/core/comparison/list-agreement';
import { rankedPairs, rankSimilarity } from '@/core/comparison/rank-similarity';
import type { Estimate } from '@/core/evaluation/bootstrap';
import type { CoveredMeasure } from '@/core/evaluation/coverage';
import { labelledRows, labelScores } from '@/core/evaluation/label-scores';
import { spaceScores } from '@/core/evaluation/space-scores';
import { seededGaussian, seededRandom } from '@/core/random';
import { smallerGram } from '@/core/similarity/gram';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import { pairCosines, samplePairs } from '@/core/similarity/pair-sample';
import {
  openReferenceRowProducts,
  referenceProduct as product,
} from '@/core/similarity/reference-similarity';
import { averageRanksOf } from '@/core/similarity/sort-order';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';

const dims = 16;
const classes = 4;

/** Rows about class centres, seen by two runs: the second one turned a little, with noise of its own. */
function drawSample(count: number, seed: number) {
  const fixed = seededGaussian(99);
  const centres = Array.from({ length: classes }, () => Array.from({ length: dims }, () => fixed()));
  const next = seededGaussian(seed);
  const random = seededRandom(seed + 1);
  const groupOf = new Int32Array(count);
  const [a, b] = [0, 1].map(() => ({ values: new Float32Array(count * dims), dims }));
  for (let row = 0; row < count; row++) {
    const group = Math.floor(random() * classes);
    groupOf[row] = group;
    const meaning = centres[group]!.map((centre) => 0.55 * centre + next());
    write(a!, row, meaning);
    write(
      b!,
      row,
      meaning.map((value, k) => value + 0.4 * meaning[(k + 1) % dims]! + 0.6 * next()),
    );
  }
  return { a: a!, b: b!, groupOf };
}

function write({ values }: UnitRows, row: number, vector: number[]): void {
  const length = Math.hypot(...vector);
  vector.forEach((value, k) => {
    values[row * dims + k] = value / length;
  });
}

/** Every measure of one sample with its interval. */
export function measureSample(count: number, seed: number): Record<CoveredMeasure, Estimate> {
  const { a, b, groupOf } = drawSample(count, seed);
  const members = Uint32Array.from({ length: count }, (_, i) => i);
  const listsOf = (rows: UnitRows) =>
    finishWork(
      nearestNeighbours({
        rows,
        members,
        positions: members,
        k: 50,
        product,
        openRowProducts: openReferenceRowProducts,
      }),
    );
  const [listsA, listsB] = [listsOf(a), listsOf(b)];
  const { overlap, overlapCorrected, jaccard, rbo } = finishWork(
    listAgreement({ a: listsA.ids, b: listsB.ids, count, k: 10, listLength: 50 }),
  );
  const gram = finishWork(smallerGram({ rows: a, members, product }));
  const space = finishWork(spaceScores({ rows: a, members, gram, ids: listsA.ids, listLength: 50, product }));
  const labelled = labelledRows(groupOf, members);
  const labels = finishWork(labelScores({ rows: a, ...labelled, ...listsA, listLength: 50, product }));
  const pairs = samplePairs(count, rankedPairs(count));
  const [ranksA, ranksB] = [a, b].map((rows) =>
    finishWork(averageRanksOf(finishWork(pairCosines({ rows, members, pairs, product })))),
  );
  const [x, y] = [a, b].map((rows) => ({ rows, indices: members }));
  const terms = (one: typeof x, other: typeof x) => finishWork(hsicTerms({ x: one!, y: other!, product }));
  return {
    overlap,
    corrected: overlapCorrected,
    jaccard,
    rbo,
    rsa: finishWork(rankSimilarity({ ranksA: ranksA!, ranksB: ranksB!, pairs, count })),
    cka: finishWork(linearCka({ ofPair: terms(x, y), ofA: terms(x, x), ofB: terms(y, y) })),
    meanSimilarity: space.meanSimilarity,
    sdSimilarity: space.sdSimilarity,
    hubness: space.hubness,
    intrinsicDimension: space.intrinsicDimension,
    knnAccuracy: labels.knnAccuracy,
    knnMacroF1: labels.knnMacroF1,
    separationAuc: labels.separationAuc,
    silhouette: labels.silhouette,
  };
}

/** Share of samples whose interval holds the mean over all samples, a measure. */
export function simulateCoverage(count: number, samples: number): Record<string, number> {
  const measured = Array.from({ length: samples }, (_, sample) => measureSample(count, 1000 + 7 * sample));
  const names = Object.keys(measured[0]!) as CoveredMeasure[];
  return Object.fromEntries(
    names.map((name) => {
      const estimates = measured.map((sample) => sample[name]);
      const truth = estimates.reduce((sum, { value }) => sum + value!, 0) / samples;
      const held = estimates.filter(({ low, high }) => low! <= truth && truth <= high!).length;
      return [name, held / samples];
    }),
  );
}
