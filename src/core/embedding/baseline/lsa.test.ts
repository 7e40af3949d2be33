import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import { fitLsa, lsaWidth, noWordsReason } from './lsa';
import { patternWords } from './split-words';

const learn = (texts: readonly string[]) => finishWork(fitLsa(packTexts(texts)));

function cosine(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += x[i]! * y[i]!;
    xx += x[i]! * x[i]!;
    yy += y[i]! * y[i]!;
  }
  return xy / Math.sqrt(xx * yy);
}

/** Unit TF-IDF rows as maps, by splitting at spaces. */
function tfIdfRows(texts: readonly string[]): Map<string, number>[] {
  const all = texts.map((text) => {
    const counts = new Map<string, number>();
    for (const word of text.split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  });
  return all.map((counts) => {
    const weights = new Map<string, number>();
    for (const [word, tf] of counts) {
      const df = all.filter((other) => other.has(word)).length;
      weights.set(word, (1 + Math.log(tf)) * Math.log(1 + (texts.length - df + 0.5) / (df + 0.5)));
    }
    const norm = Math.hypot(...weights.values());
    return new Map([...weights].map(([word, weight]) => [word, weight / norm]));
  });
}

const sharedDot = (x: Map<string, number>, y: Map<string, number>) =>
  [...x].reduce((sum, [word, weight]) => sum + weight * (y.get(word) ?? 0), 0);

/** Rows about one of six themes, each theme with words of its own and a few common ones. */
function themedTexts(count: number, seed: number): string[] {
  const next = seededRandom(seed);
  const pick = (prefix: string, among: number) => `${prefix}${Math.floor(among * next() ** 2)}`;
  return Array.from({ length: count }, (_, row) => {
    const words = Array.from({ length: 7 }, () => pick(`theme${row % 6}word`, 130));
    return [...words, pick('common', 5), pick('common', 5)].join(' ');
  });
}

const word = fc.stringMatching(/^[a-f]{1,2}$/);
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));

describe('LSA baseline', () => {
  it('keeps every TF-IDF product of rows while nothing has to be cut off', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 2, maxLength: 30 }), (texts) => {
        const model = learn(texts);
        const vectors = texts.map((text) => model.embed(text)!);
        const rows = tfIdfRows(texts);
        rows.forEach((x, i) => {
          rows.forEach((y, j) => {
            const product = vectors[i]!.reduce((sum, value, c) => sum + value * vectors[j]![c]!, 0);
            expect(Math.abs(product - sharedDot(x, y))).toBeLessThan(2e-6);
          });
        });
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('is at most as wide as the texts and words allow', () => {
    expect(learn(['red apple', 'green apple', 'red apple']).width).toBe(2);
    expect(learn(['one', 'one', 'one']).width).toBe(1);
    expect(learn(themedTexts(450, 1)).width).toBe(lsaWidth);
  });

  it('brings rows of a theme together that share no words', () => {
    const texts = themedTexts(450, 2);
    const model = learn(texts);
    const vectors = texts.map((text) => model.embed(text)!);
    const means = { same: [0, 0], other: [0, 0] };
    for (let i = 0; i < 200; i++) {
      for (let j = 0; j < i; j++) {
        const mean = i % 6 === j % 6 ? means.same : means.other;
        mean[0]! += cosine(vectors[i]!, vectors[j]!);
        mean[1]!++;
      }
    }
    expect(means.same[0]! / means.same[1]!).toBeGreaterThan(0.1 + means.other[0]! / means.other[1]!);
  });

  it('gives the same bytes again, equal vectors to equal texts, and the same cosines in another order', () => {
    const texts = themedTexts(450, 3);
    texts[10] = texts[300]!;
    const model = learn(texts);
    const again = learn(texts);
    const reversed = learn(texts.toReversed());
    for (const text of texts) {
      const vector = model.embed(text)!;
      expect(vector.every(Number.isFinite)).toBe(true);
      expect(Math.hypot(...vector)).toBeGreaterThan(0);
      expect(again.embed(text)).toEqual(vector);
    }
    for (let i = 0; i < 50; i++) {
      const [a, b] = [texts[i]!, texts[i + 6]!];
      const there = cosine(model.embed(a)!, model.embed(b)!);
      expect(Math.abs(cosine(reversed.embed(a)!, reversed.embed(b)!) - there)).toBeLessThan(1e-4);
    }
  });

  it('places a text it has not seen as it would a loaded one', () => {
    const texts = themedTexts(450, 4);
    const model = learn(texts);
    expect(model.embed(`${texts[0]} !`)).toEqual(model.embed(texts[0]!));
  });

  it('finds words in Japanese, Chinese and Thai', () => {
    const texts = [
      '電車は時間どおりに来た。',
      '電車が来た。',
      '渡轮今天开往那个岛。',
      '今天没有渡轮。',
      'รถไฟมาถึงตรงเวลา',
      'รถไฟมาแล้ว',
    ];
    const model = learn(texts);
    const vectors = texts.map((text) => model.embed(text)!);
    for (const pair of [0, 2, 4]) {
      expect(cosine(vectors[pair]!, vectors[pair + 1]!)).toBeGreaterThan(0.05);
      expect(Math.abs(cosine(vectors[pair]!, vectors[(pair + 2) % 6]!))).toBeLessThan(1e-6);
    }
  });

  it('has no vector without words, and none for words that nothing else has', () => {
    const blank = ['', '  ', '…!?', '❤️ 🎉', '___'];
    const texts = [...themedTexts(400, 5), 'unheard syllables', ...blank];
    const model = learn(texts);
    for (const text of [...blank, 'unheard syllables', 'never loaded']) {
      expect(model.embed(text), JSON.stringify(text)).toBeNull();
    }
    expect(model.embed(texts[0]!)).not.toBeNull();
    expect(noWordsReason).toMatch(/^No words to compare: .+\.$/);
  });

  it('has width 0 and no vectors where there are no words at all', () => {
    for (const texts of [[], ['…', '❤️']]) {
      const model = learn(texts);
      expect(model.width).toBe(0);
      expect(model.embed('…')).toBeNull();
      expect(model.embed('word')).toBeNull();
    }
  });

  it('says so where the engine cannot segment, and reports rising progress', () => {
    const texts = packTexts(themedTexts(450, 6));
    const work = fitLsa(texts, patternWords);
    let last = -1;
    let step = work.next();
    while (!step.done) {
      expect(step.value.done).toBeGreaterThanOrEqual(last);
      expect(step.value.done).toBeLessThanOrEqual(step.value.total);
      last = step.value.done;
      step = work.next();
    }
    expect(last).toBeGreaterThan(500);
    expect(step.value.notes.join(' ')).toContain('pairs of characters');
    expect(learn(['plain text', 'plain words']).notes).toEqual([]);
  });
});
