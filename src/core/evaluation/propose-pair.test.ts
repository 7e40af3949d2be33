import { expect, it } from 'vitest';
import { proposePair } from './propose-pair';

const candidates = Array.from({ length: 400 }, (_, i) => ({ a: i, b: i + 1000, cosine: i / 400 }));

it('begins across the range, then closes in on where a person draws the line', () => {
  const line = 0.62;
  const judged: { a: number; b: number; cosine: number; isSame: boolean }[] = [];
  for (let i = 0; i < 24; i++) {
    const pair = proposePair(candidates, judged)!;
    expect(judged.some(({ a }) => a === pair.a)).toBe(false);
    judged.push({ ...pair, isSame: pair.cosine >= line });
  }
  const first = judged.slice(0, 8).map(({ cosine }) => cosine);
  expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(0.95);
  const above = Math.min(...judged.filter(({ isSame }) => isSame).map(({ cosine }) => cosine));
  const below = Math.max(...judged.filter(({ isSame }) => !isSame).map(({ cosine }) => cosine));
  // Judging 24 of 400 at even steps would leave a gap of a twenty-fourth.
  expect(above - below).toBeLessThan(1 / 100);
});

it('ends when all are judged', () => {
  const few = candidates.slice(0, 2);
  expect(
    proposePair(
      few,
      few.map((pair) => ({ ...pair, isSame: true })),
    ),
  ).toBeNull();
});
