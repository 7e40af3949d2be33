import { expect, it } from 'vitest';
import { compareClusters } from '@/core/clustering/cluster-correspondence';
import { layOutFlows } from './lay-out-flows';

it('fills both sides with bars, and every bar with its bands', () => {
  const a = Int32Array.of(0, 0, 0, 1, 1, 2, -1);
  const b = Int32Array.of(1, 1, 0, 0, 0, -1, 1);
  const found = compareClusters({ a, countA: 3, b, countB: 2, takesPart: () => true });
  const { left, right, bands } = layOutFlows({ found, height: 110, gapPx: 5 });
  expect(left.map(({ cluster, length }) => [cluster, length])).toEqual([
    [0, 60],
    [1, 40],
    [2, 0],
  ]);
  expect(right.map(({ cluster, start, length }) => [cluster, start, length])).toEqual([
    [1, 0, 40],
    [0, 45, 60],
  ]);
  expect(bands).toEqual([
    { inA: 0, inB: 1, count: 2, from: 0, to: 0, thickness: 40 },
    { inA: 0, inB: 0, count: 1, from: 40, to: 45, thickness: 20 },
    { inA: 1, inB: 0, count: 2, from: 65, to: 65, thickness: 40 },
  ]);
});

it('draws nothing where nothing is shared', () => {
  const found = compareClusters({
    a: Int32Array.of(0, -1),
    countA: 1,
    b: Int32Array.of(-1, 0),
    countB: 1,
    takesPart: () => true,
  });
  expect(layOutFlows({ found, height: 100, gapPx: 4 }).bands).toEqual([]);
});
