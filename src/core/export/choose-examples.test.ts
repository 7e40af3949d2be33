import { expect, test } from 'vitest';
import { chooseExamples } from './choose-examples';

test('examples are the rows pinned, those selected, and those that two runs see most differently, each once', () => {
  const differing = {
    a: 'A',
    b: 'B',
    k: 10,
    rows: Uint32Array.of(1, 3, 5, 7),
    perRow: Float32Array.of(1, 0.1, 0.1, 0),
  };
  const chosen = chooseExamples({ pinned: [7], selection: [2, 7, 4], differing });
  expect(chosen.map(({ row }) => row)).toEqual([7, 2, 4, 3, 5]);
  expect(chosen[0]!.why).toContain('Pinned');
  expect(chosen[3]!.why).toBe('A and B share 1 of its 10 nearest');
});

test('a long selection is cut, and says so', () => {
  const selection = Array.from({ length: 1500 }, (_, i) => i);
  const chosen = chooseExamples({ pinned: [], selection, differing: null });
  expect(chosen).toHaveLength(12);
  expect(chosen[0]!.why).toBe('Selected by the author, 12 of 1,500');
});
