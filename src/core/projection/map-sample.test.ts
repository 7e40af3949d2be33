import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleMembers, shufflePlaces } from './map-sample';

const seeded = { seed: 20261122, numRuns: 200 };
const limits = { all: 20, some: 8 };

it('takes all members, or some of them by chance, each once and ascending', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer(), (count, seed) => {
      const sample = [...sampleMembers(count, limits, seed)];
      expect(sample).toHaveLength(count <= 20 ? count : 8);
      expect(new Set(sample).size).toBe(sample.length);
      expect(sample).toEqual([...sample].sort((a, b) => a - b));
      expect(sample.every((member) => member < count)).toBe(true);
      expect([...sampleMembers(count, limits, seed)]).toEqual(sample);
    }),
    seeded,
  );
  const hits = new Float64Array(40);
  for (let seed = 0; seed < 2000; seed++)
    for (const member of sampleMembers(40, limits, seed)) hits[member]!++;
  expect(Math.min(...hits)).toBeGreaterThan(300);
  expect(Math.max(...hits)).toBeLessThan(500);
});

it('gives every place to some point, and points other places', () => {
  const layout = Float32Array.from({ length: 100 }, (_, i) => i);
  const shuffled = shufflePlaces(layout, 4);
  const pairs = (places: Float32Array) =>
    Array.from({ length: 50 }, (_, i) => `${places[2 * i]} ${places[2 * i + 1]}`);
  expect(pairs(shuffled).sort()).toEqual(pairs(layout).sort());
  expect(pairs(shuffled).filter((place, i) => place === pairs(layout)[i]).length).toBeLessThan(6);
});
