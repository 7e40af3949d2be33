import { expect, it } from 'vitest';
import { readWord2vec, word2vecHead } from './read-word2vec';

const words = ['sea', 'Straße', '海', 'two words'];
const vectors = words.map((_, row) => [0.5 + row, -1.25, 3e-4 * row]);

function binary(lineEnds: boolean): Uint8Array {
  const parts = [Buffer.from('4 3\n')];
  words.forEach((word, row) => {
    const numbers = Buffer.from(Float32Array.from(vectors[row]!).buffer);
    parts.push(Buffer.from(`${word.replace(' ', '_')} `), numbers, Buffer.from(lineEnds ? '\n' : ''));
  });
  return Buffer.concat(parts);
}

it.each([true, false])('reads the binary form, with line ends behind vectors: %s', (lineEnds) => {
  const read = readWord2vec(binary(lineEnds));
  expect(read.words).toEqual(['sea', 'Straße', '海', 'two_words']);
  expect(read.values).toEqual(Float32Array.from(vectors.flat()));
});

it('reads the text form, whatever ends its lines', () => {
  const lines = words.map((word, row) => `${word} ${vectors[row]!.join(' ')}`);
  for (const text of [`4 3\n${lines.join('\n')}\n`, `4 3\r\n${lines.join(' \r\n')}`]) {
    const read = readWord2vec(Buffer.from(text));
    expect(read.words).toEqual(words);
    expect(read.values).toEqual(Float32Array.from(vectors.flat()));
  }
});

it('says where a file ends early or has a number missing', () => {
  expect(() => readWord2vec(binary(true).subarray(0, 40))).toThrow(/promises 4 words.*after \d/);
  expect(() => readWord2vec(Buffer.from('2 3\nsea 1 2 3\n'))).toThrow(/promises 2 words.*after 1/);
  expect(() => readWord2vec(Buffer.from('2 3\nsea 1 2 3\nland 1 2\n'))).toThrow(/Word 2 \(“land”\)/);
  expect(() => readWord2vec(Buffer.from('99999999 4096\nsea 1 2 3\n'))).toThrow(/GB/);
});

it('no other text is taken for it', () => {
  for (const text of ['one two\n', '3\n', 'a line', '', '0 5\n', '12 1\n'])
    expect(word2vecHead(Buffer.from(text))).toBeNull();
});
