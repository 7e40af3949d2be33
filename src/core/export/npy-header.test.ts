import fc from 'fast-check';
import { expect, it } from 'vitest';
import { npyHeader } from './npy-header';

it('is the head that NumPy 2.4 saves for the same shape', () => {
  const saved = Buffer.concat([
    Buffer.from('934e554d505901007600', 'hex'),
    Buffer.from(`${"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117)}\n`),
  ]);
  expect(Buffer.from(npyHeader({ rows: 2, dims: 3 })).equals(saved)).toBe(true);
});

it('ends at a multiple of 64 for any shape', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (rows, dims) => {
      const header = npyHeader({ rows, dims });
      expect(header.length % 64).toBe(0);
      expect(header.length).toBeLessThanOrEqual(128);
      expect(header.at(-1)).toBe(10);
    }),
    { seed: 20261122, numRuns: 200 },
  );
});
