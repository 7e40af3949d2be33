import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededGaussian } from '@/core/random';
import { openChanceGate } from './chance-gate';

const draw = (count: number, seed: number, shift = 0) =>
  Float32Array.from({ length: count }, seededGaussian(seed)).map((value) => shift + 0.1 * value);

it('gives each vector the share of shuffled ones below it', () => {
  const number = fc.integer({ min: -5, max: 5 });
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), fc.array(number, { minLength: 1 }), (own, shuffled) => {
      const { percentiles } = openChanceGate(Float32Array.from(own), Float32Array.from(shuffled));
      own.forEach((value, i) => {
        const below = shuffled.filter((other) => other < value).length;
        expect(percentiles[i]).toBeCloseTo(below / shuffled.length, 6);
      });
    }),
    { seed: 20261125, numRuns: 100 },
  );
});

it('asks more of small groups, and ranks only where the whole has structure', () => {
  const without = openChanceGate(draw(400, 1), draw(256, 2));
  expect(without.accepts(5, 0.44, 1)).toBe(false);
  expect(without.accepts(5, 0.5, 1)).toBe(true);
  expect(without.accepts(50, 0.3, 1)).toBe(true);
  const withSome = openChanceGate(draw(400, 1, 0.2), draw(256, 2));
  expect(withSome.accepts(50, 0.1, 0.75)).toBe(true);
  expect(withSome.accepts(50, 0.05, 0.65)).toBe(false);
  expect(withSome.accepts(5, 0.1, 0.75)).toBe(false);
});

it('accepts nothing where nothing is known', () => {
  const nothing = openChanceGate(Float32Array.of(Number.NaN, 1), new Float32Array(0));
  expect(nothing.accepts(100, 1, 1)).toBe(false);
});
