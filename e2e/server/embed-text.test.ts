import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embedText, ngramModels, smallestCut } from './embed-text';

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squaresA += a[i]! ** 2;
    squaresB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squaresA * squaresB);
}

const visibleText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== '');

describe.each(ngramModels)('$id', ({ id, dimensions }) => {
  it('gives every text a finite vector of its length that is not zero, even in the shortest cut', () => {
    const property = fc.property(visibleText, (text) => {
      const vector = embedText(id, text);
      expect(vector).toHaveLength(dimensions);
      expect(vector.every(Number.isFinite)).toBe(true);
      expect(vector.subarray(0, smallestCut).some((value) => value !== 0)).toBe(true);
    });
    fc.assert(property, { seed: 20261122, numRuns: 200 });
  });

  it('depends on the text alone', () => {
    const before = embedText(id, 'the cat sat on the mat');
    embedText(id, 'something else');
    expect(embedText(id, 'the cat sat on the mat')).toEqual(before);
  });

  it('puts similar texts closer than dissimilar ones', () => {
    const text = embedText(id, 'The harbour master closed the gate before the storm.');
    const similar = embedText(id, 'The harbour master closes the gates before a storm.');
    const dissimilar = embedText(id, 'Quarterly profits grew by twelve per cent.');
    expect(cosine(text, similar)).toBeGreaterThan(0.5);
    expect(cosine(text, similar)).toBeGreaterThan(cosine(text, dissimilar) + 0.3);
  });

  it('does not normalise', () => {
    const norms = ['sea', 'a much longer text about ships, winds and tides'].map((text) =>
      Math.hypot(...embedText(id, text)),
    );
    expect(norms[1]! / norms[0]!).toBeGreaterThan(1.5);
  });
});

it('estimates the cosine of weighted n-gram counts', () => {
  const [a, b] = ['ha ha ha ha ha ha ha ha ha ha ha by the sea', 'ha ha ha by the sea, wind and rain'];
  const grams = (text: string) => {
    const padded = ` ${text} `;
    const counts = new Map<string, number>();
    for (const length of [3, 4, 5]) {
      for (let i = 0; i + length <= padded.length; i++) {
        const gram = padded.slice(i, i + length);
        counts.set(gram, (counts.get(gram) ?? 0) + 1);
      }
    }
    return counts;
  };
  const weight = (count: number | undefined) => (count === undefined ? 0 : 1 + Math.log(count));
  const [inA, inB] = [grams(a!), grams(b!)];
  const sumOver = (counts: Map<string, number>, term: (gram: string) => number) =>
    [...counts.keys()].reduce((sum, gram) => sum + term(gram), 0);
  const dot = sumOver(inA, (gram) => weight(inA.get(gram)) * weight(inB.get(gram)));
  const squares = [inA, inB].map((counts) => sumOver(counts, (gram) => weight(counts.get(gram)) ** 2));
  const exact = dot / Math.sqrt(squares[0]! * squares[1]!);
  expect(cosine(embedText('local/ngram-1024', a!), embedText('local/ngram-1024', b!))).toBeCloseTo(exact, 1);
});

it('refuses an unknown model', () => {
  expect(() => embedText('local/ngram-65', 'text')).toThrow(RangeError);
});
