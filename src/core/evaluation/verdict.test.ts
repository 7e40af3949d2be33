import { describe, expect, it } from 'vitest';
import { seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import { bootstrapMeans } from './bootstrap';
import { judge } from './verdict';

/** Correct answers of runs that are right with the given chances, with the replicates of their means. */
function answers(chances: readonly number[], rows: number, seed: number) {
  const random = seededRandom(seed);
  const right = chances.map((chance) =>
    Float64Array.from({ length: rows }, () => (random() < chance ? 1 : 0)),
  );
  const scores = right.map((list) => list.reduce((sum, value) => sum + value, 0) / rows);
  return { scores, replicates: finishWork(bootstrapMeans(right, rows)) };
}

describe('judge', () => {
  it('tells a run that is clearly behind from those too close to call', () => {
    const { scores, replicates } = answers([0.9, 0.89, 0.5], 300, 3);
    const verdicts = judge(scores, replicates, 300)!;
    const best = scores[0]! >= scores[1]! ? 0 : 1;
    expect(verdicts[best]).toEqual({ kind: 'highest' });
    expect(verdicts[1 - best]!.kind).toBe('close');
    const last = verdicts[2]!;
    expect(last).toMatchObject({ kind: 'behind', gap: scores[best]! - scores[2]! });
    if (last.kind !== 'highest') expect(last.low).toBeGreaterThan(0.2);
  });

  it('cannot tell with fewer than thirty rows, however large the gap', () => {
    const { scores, replicates } = answers([1, 0.1], 29, 1);
    expect(
      judge(scores, replicates, 29)!
        .map((verdict) => verdict!.kind)
        .sort(),
    ).toEqual(['close', 'highest']);
    const more = answers([1, 0.1], 30, 1);
    expect(
      judge(more.scores, more.replicates, 30)!
        .map((verdict) => verdict!.kind)
        .sort(),
    ).toEqual(['behind', 'highest']);
  });

  it('crowns none of twelve equal runs in most samples', () => {
    let crowned = 0;
    for (let sample = 0; sample < 60; sample++) {
      const { scores, replicates } = answers(new Array(12).fill(0.7), 80, 100 + sample);
      if (judge(scores, replicates, 80)!.some((verdict) => verdict!.kind === 'behind')) crowned++;
    }
    expect(crowned).toBeLessThanOrEqual(9);
  });

  it('finds equal runs equal, and passes over runs without a score', () => {
    const { scores, replicates } = answers([0.6], 100, 5);
    const doubled = judge([scores[0]!, null, scores[0]!], [replicates[0]!, [], replicates[0]!], 100)!;
    expect(doubled).toEqual([{ kind: 'highest' }, null, { kind: 'close', gap: 0, low: 0, high: 0 }]);
    expect(judge([0.5, null], [replicates[0]!, []], 100)).toBeNull();
  });
});
