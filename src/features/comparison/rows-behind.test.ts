import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsBehind } from './rows-behind';

it('the rows behind the mean similarity are the ten least like the others, of equal ones the first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 60 }), (similarities) => {
      const similarityOf = Float32Array.from(similarities);
      const rows = Uint32Array.from(similarities, (_, place) => 3 * place + 1);
      const space = { similarityOf, inListsOf: new Uint32Array(rows.length) };
      const found = rowsBehind('meanSimilarity', { space, labels: null }, null, rows);
      const places = similarities.map((_, place) => place);
      const least = places.sort((a, b) => similarities[a]! - similarities[b]! || a - b).slice(0, 10);
      expect(found?.rows).toEqual(least.sort((a, b) => a - b).map((place) => 3 * place + 1));
    }),
    { seed: 41, numRuns: 300 },
  );
});
