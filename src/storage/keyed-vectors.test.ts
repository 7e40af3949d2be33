import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyWords } from '@/core/embedding/text-keys';
import { chunkBytes, cutToChunks, type KeyedVectors } from './keyed-vectors';

/** Vectors filled with `from`, `from` + 1, …; the key of each is the number in `names`. */
function pieceOf(names: readonly number[], width: number, from: number): KeyedVectors {
  return {
    keys: Uint32Array.from(
      names.flatMap((name) => Array.from({ length: keyWords }, (_, word) => name + word)),
    ),
    width,
    values: Float32Array.from({ length: names.length * width }, (_, i) => from + Math.floor(i / width)),
  };
}

const nameAt = ({ keys }: KeyedVectors, place: number) => keys[place * keyWords]!;

test('each key comes once, with its first vector, however the pieces are made up', () => {
  const piece = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 9 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), fc.constantFrom(1, 3), (lists, width) => {
      const firsts = new Map<number, number>();
      lists.forEach((names, at) => {
        names.forEach((name, i) => {
          if (!firsts.has(name)) firsts.set(name, 100 * at + i);
        });
      });
      const pieces = lists.map((names, at) => pieceOf(names, width, 100 * at));
      const chunks = [...cutToChunks(pieces)];
      for (const { keys } of chunks) expect(keys.length).toBeGreaterThan(0);
      const found = chunks.flatMap((chunk) =>
        Array.from({ length: chunk.keys.length / keyWords }, (_, place) => [
          nameAt(chunk, place),
          ...chunk.values.subarray(place * width, (place + 1) * width),
        ]),
      );
      expect(found).toEqual([...firsts].map(([name, value]) => [name, ...Array(width).fill(value)]));
    }),
    { seed: 20261122, numRuns: 200 },
  );
});

test('a chunk holds nothing but keys, width and vectors, and no larger buffer than these', () => {
  const piece = pieceOf([5, 6], 3, 0);
  const room = new Float32Array(60);
  room.set(piece.values, 30);
  for (const values of [piece.values, room.subarray(30, 36)]) {
    const chunks = [...cutToChunks([{ ...piece, values, rows: [1, 2] } as KeyedVectors])];
    expect(chunks).toEqual([piece]);
    expect(chunks[0]!.values.buffer.byteLength).toBe(24);
  }
});

test('what is larger than a chunk is cut, and a single longer vector still goes alone', () => {
  const width = 2 ** 20;
  const sizes = (names: number[], numbers: number) =>
    [
      ...cutToChunks([
        { ...pieceOf(names, 1, 0), width: numbers, values: new Float32Array(names.length * numbers) },
      ]),
    ].map(({ keys }) => keys.length / keyWords);
  expect(sizes([1, 2, 3], width)).toEqual([1, 1, 1]);
  expect(sizes([1, 2, 3], width - keyWords)).toEqual([2, 1]);
  expect(sizes([1, 2], chunkBytes / 2)).toEqual([1, 1]);
});
