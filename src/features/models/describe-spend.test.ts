import { expect, it } from 'vitest';
import type { SpendEstimate } from '@/core/embedding/spend-estimate';
import type { CatalogModel } from '@/queries/catalog';
import {
  describeConcurrency,
  describeOverWindow,
  describeSkipped,
  describeSpend,
  describeTotal,
  roundTokens,
  windowOf,
} from './describe-spend';

const estimate: SpendEstimate = {
  rows: 3000,
  blankRows: 3,
  knownRows: 566,
  failedRows: 0,
  newTexts: 2400,
  newTokens: 182_345,
  requests: 9,
  overWindow: 12,
};
const plan = { name: 'Chat', concurrency: 4, maxContextLength: 16_384 };
const model = { contextLength: 512 } as CatalogModel;

it('says what is sent and what is not', () => {
  expect(describeSpend(estimate)).toBe('2,400 new texts · about 180,000 tokens · 9 requests');
  expect(describeSpend({ ...estimate, newTexts: 0 })).toMatch(/^Nothing to send/);
  expect(describeSkipped(estimate)).toBe(
    '566 of 3,000 rows embedded already · 31 repeated rows sent once · 3 blank rows not sent',
  );
  expect(describeSkipped({ ...estimate, blankRows: 0, knownRows: 0, newTexts: 3000 })).toBeNull();
  expect(describeTotal([estimate, estimate])).toBe('Together about 360,000 tokens in 18 requests.');
});

it('says which rows failed before', () => {
  const failed = { ...estimate, failedRows: 31, newTexts: 0 };
  expect(describeSpend(failed)).toBe('Nothing to send: every text is embedded already or failed before.');
  expect(describeSkipped({ ...failed, rows: 600 })).toBe(
    '31 rows failed before and wait for Retry failed · 3 blank rows not sent',
  );
});

it('rounds to what an estimate is worth', () => {
  expect([7, 99, 1234, 98_765].map(roundTokens)).toEqual([7, 99, 1200, 99_000]);
});

it('takes the shortest window that is known', () => {
  expect(windowOf(model, null, null)).toBe(512);
  expect(windowOf(null, null, plan)).toBe(16_384);
  expect(windowOf({ ...model, contextLength: 32_768 }, null, plan)).toBe(16_384);
  expect(windowOf(null, null, null)).toBeNull();
  expect(describeOverWindow(estimate, 512)).toMatch(/^12 texts are likely longer than the 512 tokens/);
});

it('says how many requests go at once, and why', () => {
  expect(describeConcurrency(null, 1)).toMatch(/^2 requests at once/);
  expect(describeConcurrency(plan, 1)).toBe('4 requests at once: plan Chat has 4 units, a request takes 1');
  expect(describeConcurrency(plan, 4)).toMatch(/^1 request at once/);
  expect(describeConcurrency(plan, null)).toMatch(/^2 requests at once: plan Chat has 4 units, and what/);
});
