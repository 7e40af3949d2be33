import { expect, it } from 'vitest';
import { clusterSignatures } from './cluster-signatures';

it('depends on the rows of a cluster and on nothing else', () => {
  const [first, second] = clusterSignatures(Int32Array.of(0, 1, 0, -1, 1), 2);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(first).not.toBe(second);
  expect(clusterSignatures(Int32Array.of(2, 0, 2, 1, 0), 3)).toEqual([second, expect.any(String), first]);
  expect(clusterSignatures(Int32Array.of(0, 0, 0, -1, 1), 2)).not.toContain(first);
});

it('tells many clusters apart', () => {
  const clusterOf = Int32Array.from({ length: 20_000 }, (_, row) => row >> 1);
  expect(new Set(clusterSignatures(clusterOf, 10_000)).size).toBe(10_000);
});
