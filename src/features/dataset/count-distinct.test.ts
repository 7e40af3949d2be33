import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { countDistinct } from './count-distinct';

describe('countDistinct', () => {
  it('counts cells that are not blank', async () => {
    const cells = fc.array(fc.constantFrom('a', 'b', 'B', '', '  ', 'ab', 'é'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(cells, async (texts) => {
        expect(await countDistinct(packTexts(texts))).toBe(new Set(texts.filter((text) => text.trim())).size);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('crosses the places where it pauses', async () => {
    const texts = Array.from({ length: 12_001 }, (_, row) => `value ${row % 7001}`);
    expect(await countDistinct(packTexts(texts))).toBe(7001);
  });

  it('stops when aborted', async () => {
    const texts = Array.from({ length: 12_000 }, (_, row) => String(row));
    await expect(countDistinct(packTexts(texts), AbortSignal.abort())).rejects.toThrow();
  });
});
