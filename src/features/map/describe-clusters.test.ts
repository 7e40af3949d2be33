import { expect, test } from 'vitest';
import { describeClusters, fromSlider, toSlider } from './describe-clusters';

test('says how many clusters there are, and why rows are in none', () => {
  const none = { alone: 0, inSmall: 0, inLoose: 0 };
  expect(describeClusters({ count: 2, sizes: [700, 300], noise: none })).toBe(
    '2 clusters of 1,000 rows. None is left out.',
  );
  expect(describeClusters({ count: 1, sizes: [20], noise: { alone: 3, inSmall: 4, inLoose: 1200 } })).toBe(
    '1 cluster of 20 rows. 1,207 rows in none: 3 no other row’s mutual neighbour, 4 in groups under five, 1,200 in groups that hold together no better than shuffled vectors.',
  );
  expect(describeClusters({ count: 0, sizes: [], noise: { ...none, alone: 1 } })).toBe(
    'No clusters. 1 row in none: 1 no other row’s mutual neighbour.',
  );
});

test('a slider goes from a tenth to ten, one in the middle', () => {
  expect([toSlider(0.1), toSlider(1), toSlider(10)]).toEqual([-1, 0, 1]);
  expect([-1, -0.5, 0, 0.5, 1].map(fromSlider)).toEqual([0.1, 0.32, 1, 3.2, 10]);
});
