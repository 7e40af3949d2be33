import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchSize } from './batch-size';

const seed = 20261122;
const range = {
  start: { maxTexts: 32, maxBytes: 1_000_000 },
  most: { maxTexts: 512, maxBytes: 2_000_000 },
  step: { maxTexts: 16, maxBytes: 250_000 },
};

describe('the size of batches', () => {
  it('begins at the start, grows by a step where it was used to the full, and halves on trouble', () => {
    const size = new BatchSize(range);
    expect(size.limits).toEqual(range.start);
    size.noteServed(31, 1000);
    expect(size.limits.maxTexts).toBe(32);
    size.noteServed(32, 1000);
    expect(size.limits).toEqual({ maxTexts: 48, maxBytes: 1_000_000 });
    size.noteTrouble(48, 1000);
    expect(size.limits).toEqual({ maxTexts: 24, maxBytes: 1_000_000 });
    size.noteServed(5, 900_000);
    expect(size.limits).toEqual({ maxTexts: 24, maxBytes: 1_250_000 });
    size.noteTrouble(5, 1_200_000);
    expect(size.limits).toEqual({ maxTexts: 24, maxBytes: 600_000 });
  });

  it('stays within floor and ceiling whatever happens', () => {
    const happenings = fc.array(
      fc.record({
        what: fc.constantFrom('noteServed' as const, 'noteTrouble' as const, 'noteTooLarge' as const),
        texts: fc.integer({ min: 1, max: 600 }),
        bytes: fc.integer({ min: 1, max: 3_000_000 }),
      }),
    );
    fc.assert(
      fc.property(happenings, (list) => {
        const size = new BatchSize(range);
        for (const { what, texts, bytes } of list) {
          size[what](texts, bytes);
          const { maxTexts, maxBytes } = size.limits;
          expect(Number.isInteger(maxTexts) && maxTexts >= 1 && maxTexts <= 512).toBe(true);
          expect(maxBytes).toBeGreaterThanOrEqual(10_000);
          expect(maxBytes).toBeLessThanOrEqual(2_000_000);
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it('finds the limit of a server with few refusals, and then stays at it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (most) => {
        const size = new BatchSize(range);
        let refusals = 0;
        for (let request = 0; request < 120; request++) {
          const { maxTexts } = size.limits;
          if (maxTexts <= most) size.noteServed(maxTexts, 1000);
          else {
            refusals++;
            size.noteTrouble(maxTexts, 1000);
            size.noteTooLarge(maxTexts, 1000);
          }
        }
        expect(size.limits.maxTexts).toBe(Math.min(most, 512));
        expect(refusals).toBeLessThanOrEqual(10);
      }),
      { seed, numRuns: 300 },
    );
  });
});
