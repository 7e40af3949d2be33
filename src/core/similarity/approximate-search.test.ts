import { expect, it } from 'vitest';
import { choosePartitioning, describeRecall, measureRecall, recallSample } from './approximate-search';

it('compares all pairs up to 50,000 × 1,024, and as much of other widths', () => {
  expect(choosePartitioning(50_000, 1024)).toBeNull();
  expect(choosePartitioning(80_000, 384)).toBeNull();
  expect(choosePartitioning(50_001, 1024)).not.toBeNull();
  expect(choosePartitioning(100_000, 384)).not.toBeNull();
});

it('measures on rows that are always the same, each once', () => {
  const sample = recallSample(100_000);
  expect(sample).toEqual(recallSample(100_000));
  expect(new Set(sample).size).toBe(200);
  expect([...sample]).toEqual([...sample].sort((a, b) => a - b));
  expect(recallSample(7)).toEqual(Uint32Array.of(0, 1, 2, 3, 4, 5, 6));
});

it('counts neighbours that are as near as the last true one, and no place where there is none', () => {
  const found = { similarities: Float32Array.of(0.1, 0.1, 0.1, 0.9, 0.8, 0.3, 0.9, 0.7, 0.7) };
  const exact = { similarities: Float32Array.of(0.9, 0.8, 0.7, 0.9, 0.7, Number.NaN) };
  expect(measureRecall(found, exact, Uint32Array.of(1, 2), 3)).toEqual({ value: 4 / 5, rows: 2 });
  expect(measureRecall(found, { similarities: new Float32Array() }, new Uint32Array(), 3).value).toBe(1);
});

it('says how good a search was, and that all were found only where they were', () => {
  expect(describeRecall(null)).toBe('');
  expect(describeRecall({ value: 0.98761, rows: 200 })).toBe(
    'Approximate neighbours: 98.7 % of the true ones found (200 rows measured).',
  );
  expect(describeRecall({ value: 0.99999, rows: 1 })).toContain(' 99.9 % of the true ones found (1 row ');
  expect(describeRecall({ value: 1, rows: 200 })).toContain(' 100 % ');
});
