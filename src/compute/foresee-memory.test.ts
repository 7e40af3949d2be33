import { expect, it } from 'vitest';
import { countSearchers, foreseeMemory, refuseForMemory } from './foresee-memory';

const shape = (rowCount: number, width: number) => ({ matrix: 'a run', rowCount, width });
const gibibyte = 2 ** 30;

it('lets 50,000 and 100,000 × 1,024 in on a device of 8 GiB, however many cores it has', () => {
  for (const rowCount of [50_000, 100_000])
    for (const poolSize of [1, 2, 7, 15, 127]) {
      const large = shape(rowCount, 1024);
      expect(refuseForMemory(large, foreseeMemory(large, poolSize), 0, 2 * gibibyte)).toBeNull();
    }
});

it('has no more workers search together than there is memory for', () => {
  const large = shape(50_000, 1024);
  const { vectors, work } = foreseeMemory(large, 1);
  expect(countSearchers(large, vectors, vectors + 4 * work, 15)).toBe(4);
  expect(countSearchers(large, vectors, vectors + 4 * work - 1, 15)).toBe(3);
  expect(countSearchers(large, vectors, vectors + 40 * work, 15)).toBe(15);
  expect(countSearchers(large, vectors, vectors, 15)).toBe(1);
  expect(countSearchers(shape(0, 0), 0, 0, 15)).toBe(1);
});

it('says what 100,000 × 4,096 needs', () => {
  const larger = shape(100_000, 4096);
  const need = foreseeMemory(larger, 7);
  expect(need.vectors).toBe(100_000 * 4097 * 4);
  expect(refuseForMemory(larger, need, 0, 2 * gibibyte)).toMatch(
    /^100,000 vectors of 4,096 numbers need \d(?:\.\d)? GiB of memory \(1\.5 GiB for the vectors, \d+ MiB to work with them\); there are 2 GiB\.$/,
  );
});

it('counts the lists of an approximate search, and the sketches of an exact one', () => {
  // 45 candidates kept, in lists with room for 92; 16 MiB of rows to rank.
  const lists = 8 * 92 + 8 * 45 + 8;
  const exact = foreseeMemory(shape(50_000, 1024), 1);
  expect(exact.work).toBe(50_000 * (lists + 3 * 128) + 2 ** 26 + 2 ** 24);
  const approximate = foreseeMemory(shape(60_000, 1024), 1);
  expect(approximate.work).toBe(60_000 * (lists + 8 * 45 + 24) + 2 ** 24 + 2 * 1024 * 1024 * 2);
});

it('counts what other runs hold, and allows exactly what there is', () => {
  const small = shape(1000, 384);
  const need = foreseeMemory(small, 1);
  const own = need.vectors + need.work;
  expect(refuseForMemory(small, need, 0, own)).toBeNull();
  expect(refuseForMemory(small, need, 0, own - 1)).not.toBeNull();
  expect(refuseForMemory(small, need, 1, own)).toContain('for other runs');
});

it('grows with the rows, not with their square', () => {
  const bytes = (rowCount: number) => {
    const { vectors, work } = foreseeMemory(shape(rowCount, 1024), 2);
    return vectors + work;
  };
  expect(bytes(400_000) / bytes(200_000)).toBeLessThan(2.01);
});
