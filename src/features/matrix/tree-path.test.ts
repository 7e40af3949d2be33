import { expect, it } from 'vitest';
import { treePath } from './tree-path';

const tree = {
  left: Int32Array.of(0, 3),
  right: Int32Array.of(1, 2),
  height: Float32Array.of(0.1, 0.4),
};
// Leaves 0, 1, 2; node 3 joins 0 and 1, node 4 joins node 3 and 2.

it('draws a bracket for each join, from the middle of its left part to that of its right one', () => {
  const path = treePath(
    tree,
    { originPx: 10, cellPx: 20, lengthPx: 200 },
    (along, height) => `${along},${Math.round(100 * height)}`,
  );
  expect(path).toBe('M20,0L20,25L40,25L40,0M30,25L30,100L60,100L60,0');
});

it('leaves out what is too narrow to see or out of sight', () => {
  const point = (along: number) => `${along}`;
  expect(treePath(tree, { originPx: 0, cellPx: 1, lengthPx: 200 }, point)).toBe('M1L1L2.5L2.5');
  expect(treePath(tree, { originPx: 300, cellPx: 20, lengthPx: 200 }, point)).toBe('');
});
