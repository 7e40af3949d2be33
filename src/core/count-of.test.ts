import { describe, expect, it } from 'vitest';
import { countOf } from './count-of';

describe('countOf', () => {
  it('agrees in number and groups thousands', () => {
    expect([0, 1, 2, 10_003].map((count) => countOf(count, 'row'))).toEqual([
      '0 rows',
      '1 row',
      '2 rows',
      '10,003 rows',
    ]);
  });
});
