import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { fitNgrams, ngramWidth, noLettersReason } from './ngram';

const mask = 0xffff_ffffn;

/** The hash in big integers. */
function referenceHash(ngram: string): bigint {
  let hash = 0x6d757275n;
  for (const character of ngram) {
    const spread = (BigInt(character.codePointAt(0)!) * 0xcc9e2d51n) & mask;
    const mixed = ((hash ^ spread) * 0x1b873593n) & mask;
    const turned = ((mixed << 13n) | (mixed >> 19n)) & mask;
    hash = (turned * 0x9e3779b1n) & mask;
  }
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask;
  return hash ^ (hash >> 16n);
}

function ngramsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  for (const word of words) {
    const characters = Array.from(` ${word} `);
    for (const size of [3, 4, 5]) {
      for (let start = 0; start + size <= characters.length; start++) {
        const ngram = characters.slice(start, start + size).join('');
        counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
      }
    }
  }
  return counts;
}

/** Vectors with document frequencies of the n-grams themselves, not of hash slots. */
function referenceVectors(texts: readonly string[]): number[][] {
  const all = texts.map(ngramsOf);
  const documents = all.filter((counts) => counts.size > 0).length;
  const frequencies = new Map<string, number>();
  for (const counts of all) {
    for (const ngram of counts.keys()) frequencies.set(ngram, (frequencies.get(ngram) ?? 0) + 1);
  }
  return all.map((counts) => {
    const vector = new Array<number>(512).fill(0);
    for (const [ngram, tf] of counts) {
      const df = frequencies.get(ngram)!;
      const weight = (1 + Math.log(tf)) * Math.log(1 + (documents - df + 0.5) / (df + 0.5));
      const hash = referenceHash(ngram);
      vector[Number((hash >> 18n) % 512n)]! += hash >> 31n === 1n ? weight : -weight;
    }
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  });
}

const sentences = [
  'The train was on time.',
  'The train was not on time.',
  'THE TRAIN was ｏｎ time!',
  'Der Zug war pünktlich.',
  '電車は時間どおりに来た。',
  'รถไฟมาถึงตรงเวลา',
  'وصل القطار في الموعد',
  'a',
  'banana banana bananas',
  '𝒜stral 𐐷𐐲𐑌 deseret',
];

const learn = (texts: readonly string[]) => finishWork(fitNgrams(packTexts(texts)));

describe('n-gram baseline', () => {
  it('agrees with a plain implementation over maps of strings', () => {
    const model = learn(sentences);
    referenceVectors(sentences).forEach((expected, row) => {
      const vector = model.embed(sentences[row]!)!;
      expect(vector).toHaveLength(ngramWidth);
      expected.forEach((value, i) => {
        expect(Math.abs(vector[i]! - value)).toBeLessThan(1e-6);
      });
    });
  });

  it('gives finite unit vectors, the same bytes again and in any order of the texts', () => {
    const word = fc.stringMatching(/^[a-zäöüéа-я0-9]{1,9}$/u);
    const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 25 }), (texts) => {
        const model = learn(texts);
        const reversed = learn(texts.toReversed());
        for (const each of texts) {
          const vector = model.embed(each)!;
          expect(vector.every(Number.isFinite)).toBe(true);
          expect(Math.abs(Math.hypot(...vector) - 1)).toBeLessThan(1e-6);
          for (const other of [model, reversed]) {
            expect(Buffer.from(vector.buffer).equals(Buffer.from(other.embed(each)!.buffer))).toBe(true);
          }
        }
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('takes texts apart only by letters, digits and marks', () => {
    const model = learn(sentences);
    expect(model.embed('THE  TRAIN, was on time')).toEqual(model.embed(sentences[0]!));
    expect(model.embed(sentences[2]!)).toEqual(model.embed(sentences[0]!));
    expect(model.embed(sentences[1]!)).not.toEqual(model.embed(sentences[0]!));
  });

  it('puts related texts nearer than unrelated ones', () => {
    const model = learn(sentences);
    const [a, b, c] = [0, 1, 3].map((row) => model.embed(sentences[row]!)!);
    const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
    expect(dot(a!, b!)).toBeGreaterThan(0.6);
    expect(Math.abs(dot(a!, c!))).toBeLessThan(0.3);
  });

  it('has no vector without letters and digits, and says why', () => {
    const blank = ['', '   ', '\n\t', '…!?—', '❤️', '👩‍👩‍👧 🎉', '___', '\u0301'];
    const model = learn([...sentences, ...blank]);
    for (const text of blank) expect(model.embed(text), JSON.stringify(text)).toBeNull();
    expect(model.embed(sentences[0]!)).toEqual(learn(sentences).embed(sentences[0]!));
    expect(noLettersReason).toMatch(/^No words to compare: .+\.$/);
  });

  it('reports progress up to the whole, and takes a text longer than its buffers', () => {
    const texts = [...Array.from({ length: 3000 }, (_, i) => `row number ${i} of many`), 'x'.repeat(5000)];
    const steps = [...fitNgrams(packTexts(texts))];
    expect(steps.length).toBeGreaterThan(3);
    for (let i = 1; i < steps.length; i++) expect(steps[i]!.done).toBeGreaterThan(steps[i - 1]!.done);
    expect(steps.at(-1)!.done).toBeLessThanOrEqual(steps[0]!.total);
    expect(learn(texts).embed(texts.at(-1)!)!.every(Number.isFinite)).toBe(true);
  });
});
