import { describe, expect, it } from 'vitest';
import { upperTail } from './upper-tail';

/** By counting with whole numbers. */
function byCounting(population: number, marked: number, drawn: number, hits: number): number {
  const choose = (n: number, k: number): bigint => {
    if (k < 0 || k > n) return 0n;
    let result = 1n;
    for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1);
    return result;
  };
  let sum = 0n;
  for (let x = hits; x <= drawn; x++) sum += choose(marked, x) * choose(population - marked, drawn - x);
  return Number((sum * 10n ** 30n) / choose(population, drawn)) / 1e30;
}

describe('upperTail', () => {
  it('is what counting all draws says', () => {
    for (const [population, marked, drawn] of [
      [10, 4, 5],
      [30, 12, 7],
      [99, 20, 20],
      [12, 10, 9],
    ] as const) {
      for (let hits = 0; hits <= drawn + 1; hits++) {
        const expected = hits <= 0 ? 1 : byCounting(population, marked, drawn, hits);
        expect(upperTail({ population, marked, drawn, hits })).toBeCloseTo(expected, 10);
      }
    }
  });

  it('keeps small chances', () => {
    const chance = upperTail({ population: 999, marked: 100, drawn: 20, hits: 19 });
    expect(chance / byCounting(999, 100, 20, 19)).toBeCloseTo(1, 6);
    expect(chance).toBeLessThan(1e-15);
  });
});
