/** For tests: how often the intervals of a cut-off hold the truth, on samples of a made-up population. */
import { type BestCutoff, findBestCutoff, type JudgedPairs } from '@/core/evaluation/best-cutoff';
import type { CutoffMeasure } from '@/core/evaluation/coverage';
import { pairsByLabel } from '@/core/evaluation/known-pairs';
import { seededGaussian, seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';

const dims = 16;
const classes = 4;
const shareSame = 0.3;

/** Rows about class centres and all their pairs, the same where the class is: pairs that share rows. */
function pairsOfRows(count: number, seed: number): JudgedPairs {
  const fixed = seededGaussian(99);
  const centres = Array.from({ length: classes }, () => Array.from({ length: dims }, () => fixed()));
  const next = seededGaussian(seed);
  const random = seededRandom(seed + 1);
  const groupOf = Int32Array.from({ length: count }, () => Math.floor(random() * classes));
  const vectors = Array.from(groupOf, (group) => {
    const vector = centres[group]!.map((centre) => 0.55 * centre + next());
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
  const { rows, same } = pairsByLabel(groupOf);
  const a = rows.filter((_, i) => i % 2 === 0);
  const b = rows.filter((_, i) => i % 2 === 1);
  const cosines = Float64Array.from(a, (row, i) =>
    vectors[row]!.reduce((sum, value, k) => sum + value * vectors[b[i]!]![k]!, 0),
  );
  return { cosines, same, rows: { a, b } };
}

/** Pairs of texts of their own, as in a file that someone judged. */
function pairsAlone(count: number, seed: number): JudgedPairs {
  const next = seededGaussian(seed);
  const random = seededRandom(seed + 1);
  const same = Uint8Array.from({ length: count }, () => (random() < shareSame ? 1 : 0));
  const cosines = Float64Array.from(same, (isSame) => 0.4 + 0.15 * isSame + 0.12 * next());
  return { cosines, same, rows: null };
}

/** The best cut-off of one sample and its measures, each with its interval. */
export function measureCutoff(kind: 'rows' | 'pairs', count: number, seed: number): BestCutoff {
  const pairs = kind === 'rows' ? pairsOfRows(count, seed) : pairsAlone(count, seed);
  return finishWork(findBestCutoff(pairs))!;
}

/** Share of samples whose interval holds the mean over all samples, a measure. */
export function simulateCutoffCoverage(
  kind: 'rows' | 'pairs',
  count: number,
  samples: number,
): Record<CutoffMeasure, number> {
  const measured = Array.from({ length: samples }, (_, sample) =>
    measureCutoff(kind, count, 1000 + 7 * sample),
  );
  const share = (name: CutoffMeasure) => {
    const truth = measured.reduce((sum, best) => sum + best[name], 0) / samples;
    const held = measured.filter(
      ({ intervals }) => intervals[name].low! <= truth && truth <= intervals[name].high!,
    );
    return held.length / samples;
  };
  return {
    cutoff: share('cutoff'),
    precision: share('precision'),
    recall: share('recall'),
    f1: share('f1'),
  };
}
