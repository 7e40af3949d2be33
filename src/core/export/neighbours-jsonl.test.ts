import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NeighboursRun, neighboursJsonl } from './neighbours-jsonl';

interface Line {
  row: number;
  run: string;
  neighbours: { row: number; similarity: number }[];
}

function readLines(parts: Iterable<string>): Line[] {
  const text = Array.from(parts).join('');
  if (text === '') return [];
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('neighboursJsonl', () => {
  it('writes lines as agreed, leaving out rows without a vector', () => {
    const run: NeighboursRun = {
      id: 'org/m "1"',
      members: Uint32Array.of(0, 2, 5),
      ids: Int32Array.of(2, 5, 5, 0, 2, -1),
      similarities: Float32Array.of(0.9, -0.25, 1, 0.9, 1, Number.NaN),
      listLength: 2,
    };
    expect(Array.from(neighboursJsonl([run], 10)).join('')).toBe(
      [
        '{"row":0,"run":"org/m \\"1\\"","neighbours":[{"row":2,"similarity":0.9},{"row":5,"similarity":-0.25}]}\n',
        '{"row":2,"run":"org/m \\"1\\"","neighbours":[{"row":5,"similarity":1},{"row":0,"similarity":0.9}]}\n',
        '{"row":5,"run":"org/m \\"1\\"","neighbours":[{"row":2,"similarity":1}]}\n',
      ].join(''),
    );
  });

  it('is read back equal to the first k of every list, run by run', () => {
    const run = fc.record({
      id: fc.string({ minLength: 1 }),
      count: fc.nat({ max: 8 }),
      listLength: fc.nat({ max: 5 }),
      salt: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 3 }), fc.integer({ min: 1, max: 6 }), (shapes, k) => {
        const runs = shapes.map(
          ({ id, count, listLength, salt }): NeighboursRun => ({
            id,
            members: Uint32Array.from({ length: count }, (_, i) => i * 3 + 1),
            ids: Int32Array.from({ length: count * listLength }, (_, i) => (i * 31 + salt) % 97),
            similarities: Float32Array.from({ length: count * listLength }, (_, i) => Math.sin(i + salt)),
            listLength,
          }),
        );
        const expected = runs.flatMap(({ id, members, ids, similarities, listLength }) =>
          Array.from(members, (row, i) => ({
            row,
            run: id,
            neighbours: Array.from({ length: Math.min(k, listLength) }, (_, j) => ({
              row: ids[i * listLength + j]!,
              similarity: similarities[i * listLength + j]!,
            })),
          })),
        );
        const read = readLines(neighboursJsonl(runs, k));
        for (const line of read)
          for (const each of line.neighbours) each.similarity = Math.fround(each.similarity);
        expect(read).toEqual(expected);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('comes in parts that hold whole lines', () => {
    const members = Uint32Array.from({ length: 2500 }, (_, i) => i);
    const run = {
      id: 'r',
      members,
      ids: new Int32Array(2500),
      similarities: new Float32Array(2500),
      listLength: 1,
    };
    const parts = Array.from(neighboursJsonl([run], 1));
    expect(parts.length).toBe(3);
    expect(parts.every((part) => part.endsWith('\n'))).toBe(true);
    expect(readLines(parts).map(({ row }) => row)).toEqual(Array.from(members));
  });

  it('refuses lists that do not fit and similarities that JSON cannot hold', () => {
    const run = {
      id: 'r',
      members: Uint32Array.of(0),
      ids: Int32Array.of(1),
      similarities: Float32Array.of(Number.NaN),
      listLength: 1,
    };
    expect(() => Array.from(neighboursJsonl([run], 1))).toThrow(RangeError);
    expect(() => Array.from(neighboursJsonl([{ ...run, listLength: 2 }], 1))).toThrow(RangeError);
  });
});
