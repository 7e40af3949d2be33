import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededGaussian, seededRandom } from '@/core/random';

const mask = 0xffff_ffffn;

/** xoshiro128** and its seeding once more, in big integers. */
function referenceSequence(seed: number, count: number): number[] {
  let filler = BigInt(seed);
  const state: bigint[] = [];
  for (let i = 0; i < 4; i++) {
    filler = (filler + 0x9e3779b9n) & mask;
    let mixed = ((filler ^ (filler >> 16n)) * 0x85ebca6bn) & mask;
    mixed = ((mixed ^ (mixed >> 13n)) * 0xc2b2ae35n) & mask;
    state.push(mixed ^ (mixed >> 16n));
  }
  const rotate = (value: bigint, bits: bigint) => ((value << bits) | (value >> (32n - bits))) & mask;
  return Array.from({ length: count }, () => {
    const [s0, s1, s2, s3] = state as [bigint, bigint, bigint, bigint];
    const result = (rotate((s1 * 5n) & mask, 7n) * 9n) & mask;
    const c = s2 ^ s0;
    const d = s3 ^ s1;
    state[1] = s1 ^ c;
    state[0] = s0 ^ d;
    state[2] = c ^ ((s1 << 9n) & mask);
    state[3] = rotate(d, 11n);
    return Number(result) / 2 ** 32;
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('seededRandom', () => {
  it('follows the published generator for any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const next = seededRandom(seed);
        expect(Array.from({ length: 20 }, next)).toEqual(referenceSequence(seed, 20));
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });

  it('is uniform and uncorrelated', () => {
    const next = seededRandom(7);
    const values = Array.from({ length: 50_000 }, next);
    expect(Math.abs(meanOf(values) - 0.5)).toBeLessThan(0.005);
    expect(Math.abs(meanOf(values.map((v) => (v - 0.5) ** 2)) - 1 / 12)).toBeLessThan(0.002);
    const lagged = values.slice(1).map((v, i) => (v - 0.5) * (values[i]! - 0.5));
    expect(Math.abs(meanOf(lagged))).toBeLessThan(0.002);
  });

  it('differs between neighbouring seeds', () => {
    expect(seededRandom(1)()).not.toBe(seededRandom(2)());
  });
});

describe('seededGaussian', () => {
  it('repeats for a seed and has the moments of the standard normal', () => {
    const next = seededGaussian(11);
    const again = seededGaussian(11);
    const values = Array.from({ length: 50_000 }, next);
    expect(values.slice(0, 100)).toEqual(Array.from({ length: 100 }, again));
    expect(Math.abs(meanOf(values))).toBeLessThan(0.02);
    expect(Math.abs(meanOf(values.map((v) => v * v)) - 1)).toBeLessThan(0.03);
    expect(Math.abs(meanOf(values.map((v) => v ** 4)) - 3)).toBeLessThan(0.2);
  });
});
