import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { packTexts } from '@/core/dataset/text-column';
import {
  findSpans,
  orderAsListed,
  orderByColumn,
  orderByLength,
  orderByNumbers,
  orderByValues,
  placeSpans,
  readOrder,
} from './matrix-order';

function datasetOf(labels: readonly string[], labelColumn: string | null): Dataset {
  return {
    id: '0'.repeat(16),
    name: 'some',
    rowCount: labels.length,
    texts: packTexts(labels.map((_, i) => `text ${i}`)),
    textColumn: null,
    columns: [{ name: 'topic', cells: packTexts(labels) }],
    labelColumn,
    sets: ['some'],
    notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
  };
}

describe('orders', () => {
  const members = Uint32Array.of(0, 1, 3, 4, 5);
  const labels = ['tea', 'rain', 'rain', '', 'rain', 'tea'];
  const dataset = datasetOf(labels, 'topic');

  it('reads choices, those of older views too, and takes input order for what is gone', () => {
    expect(readOrder(dataset, 'alike')).toBe('alike');
    expect(readOrder(dataset, 'label')).toBe(dataset.columns[0]);
    expect(readOrder(dataset, orderByColumn('topic'))).toBe(dataset.columns[0]);
    expect(readOrder(dataset, orderByColumn('gone'))).toBe('input');
    expect(readOrder(datasetOf(labels, null), 'label')).toBe('input');
  });

  it('puts groups together, the largest first and rows without a value last', () => {
    const order = orderByValues(dataset.columns[0]!, members);
    expect([...order.rows]).toEqual([1, 4, 0, 5, 3]);
    expect(findSpans(order.rows, Int32Array.of(1, 0, 0, -1, 0, 1))).toEqual([
      { group: 0, start: 0, end: 2 },
      { group: 1, start: 2, end: 4 },
      { group: -1, start: 4, end: 5 },
    ]);
  });

  it('orders by length, by numbers and as listed, with members alone', () => {
    const texts = packTexts(['abc', 'a', 'b', 'ab', '', 'abcd']);
    expect([...orderByLength({ ...dataset, texts }, members).rows]).toEqual([4, 1, 3, 0, 5]);
    const numbers = Float64Array.of(0.1, Number.NaN, 5, 0.9, 0.1, 1);
    expect([...orderByNumbers('near', members, numbers).rows]).toEqual([5, 3, 0, 4, 1]);
    expect([...orderAsListed('by number', members, Uint32Array.of(5, 2, 4, 3, 1, 0)).rows]).toEqual([
      5, 4, 3, 1, 0,
    ]);
  });
});

it('orders by numbers as a plain sort of the rows does', () => {
  const number = fc.oneof(fc.constantFrom(0, -0, 1, Number.NaN), fc.double({ noDefaultInfinity: true }));
  fc.assert(
    fc.property(fc.array(number), (values) => {
      const numbers = Float64Array.from(values);
      const members = Uint32Array.from(values.keys());
      const rank = (row: number) => (Number.isNaN(numbers[row]!) ? Number.NEGATIVE_INFINITY : numbers[row]!);
      const plain = Array.from(members).sort((a, b) => rank(b) - rank(a) || a - b);
      expect([...orderByNumbers('near', members, numbers).rows]).toEqual(plain);
    }),
    { seed: 20261126, numRuns: 100 },
  );
});

describe('findSpans', () => {
  it('covers every row once, with neighbouring spans of different groups', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 3 })), (groups) => {
        const rows = Uint32Array.from(groups.keys());
        const spans = findSpans(rows, Int32Array.from(groups));
        const covered = spans.flatMap(({ group, start, end }) =>
          Array.from({ length: end - start }, () => group),
        );
        expect(covered).toEqual(groups);
        spans.slice(1).forEach((span, i) => {
          expect(span.group).not.toBe(spans[i]!.group);
        });
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

describe('placeSpans', () => {
  const spans = [
    { group: 0, start: 0, end: 10 },
    { group: 1, start: 10, end: 12 },
    { group: 2, start: 12, end: 40 },
  ];

  it('places them where the matrix is, cut to what is seen', () => {
    expect(placeSpans(spans, { first: 0, last: 39, originPx: 20, cellPx: 2 })).toEqual([
      { group: 0, startPx: 20, lengthPx: 20 },
      { group: 1, startPx: 40, lengthPx: 4 },
      { group: 2, startPx: 44, lengthPx: 56 },
    ]);
    expect(placeSpans(spans, { first: 11, last: 20, originPx: -100, cellPx: 10 })).toEqual([
      { group: 1, startPx: 10, lengthPx: 10 },
      { group: 2, startPx: 20, lengthPx: 90 },
    ]);
  });

  it('leaves out what ends less than a pixel after the one before, and nothing else', () => {
    const view = {
      first: fc.nat(60),
      length: fc.nat(60),
      originPx: fc.integer(),
      cellPx: fc.double({ min: 0.01, max: 30, noNaN: true }),
    };
    const parts = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 5 })), { maxLength: 50 });
    fc.assert(
      fc.property(parts, fc.record(view), (sizes, { first, length, originPx, cellPx }) => {
        let at = 0;
        const spans = sizes.map(([gap, size], group) => {
          const start = at + gap;
          at = start + size;
          return { group, start, end: at };
        });
        const last = first + length;
        let drawnTo = Number.NEGATIVE_INFINITY;
        const expected = spans.flatMap(({ group, start, end }) => {
          const startPx = originPx + Math.max(start, first) * cellPx;
          const endPx = originPx + Math.min(end, last + 1) * cellPx;
          if (end <= first || start > last || endPx - drawnTo < 1) return [];
          drawnTo = endPx;
          return [{ group, startPx, lengthPx: endPx - startPx }];
        });
        expect(placeSpans(spans, { first, last, originPx, cellPx })).toEqual(expected);
      }),
      { seed: 20261126 },
    );
  });

  it('never draws more than one a pixel', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({ group: at, start: at, end: at + 1 }));
    const placed = placeSpans(many, { first: 0, last: 9999, originPx: 0, cellPx: 0.07 });
    expect(placed.length).toBeLessThanOrEqual(700);
    expect(placed.length).toBeGreaterThan(600);
  });
});
