import { describe, expect, it } from 'vitest';
import { patternWords, segmenterWords } from './split-words';

const split = segmenterWords()!;

describe('words by the segmenter', () => {
  it.each([
    ['The train wasn’t on time — 3.14 minutes!', ['the', 'train', "wasn't", 'on', 'time', '3.14', 'minutes']],
    ['ＦＵＬＬ width', ['full', 'width']],
    ['天気がいい', ['天気', 'が', 'いい']],
    ['我们今天去公园', ['我们', '今天', '去', '公园']],
    ['ฉันรักเธอ', ['ฉัน', 'รัก', 'เธอ']],
    ['مرحبا بالعالم', ['مرحبا', 'بالعالم']],
    ['❤️ … ___ !', []],
  ])('%s', (text, words) => {
    expect(split(text)).toEqual(words);
  });
});

describe('words by pattern', () => {
  it.each([
    'The train wasn’t on time, was it?',
    'Der Zug war pünktlich; U.S.A. and naïve café.',
    'Добрый день, ΑΒΓ abc123',
    'L’hôtel est près du port',
    '❤️ … !',
  ])('agrees with the segmenter where words are spaced: %s', (text) => {
    expect(patternWords(text)).toEqual(split(text));
  });

  it('takes pairs of characters where they are not', () => {
    expect(patternWords('天気がいい。')).toEqual(['天気', '気が', 'がい', 'いい']);
    expect(patternWords('mix混ぜるmix 私')).toEqual(['mix', '混ぜ', 'ぜる', 'mix', '私']);
    expect(patternWords('ฉันรัก').length).toBeGreaterThan(2);
  });
});
