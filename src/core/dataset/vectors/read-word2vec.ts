import { TableError } from '@/core/dataset/table';
import { checkVectorSize } from './vector-column';

/** Words with a vector each, row-major. */
export interface WordVectors {
  readonly words: string[];
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

const newline = 0x0a;
const space = 0x20;
const utf8 = new TextDecoder();

/** `rows width` on a line of its own, as word2vec begins its files; null where there is no such line. */
export function word2vecHead(bytes: Uint8Array): { rowCount: number; width: number; start: number } | null {
  const end = bytes.subarray(0, 64).indexOf(newline);
  if (end < 0) return null;
  const match = /^(\d+) (\d+)\r?$/.exec(utf8.decode(bytes.subarray(0, end)));
  if (match === null) return null;
  const [rowCount, width] = [Number(match[1]), Number(match[2])];
  return rowCount < 1 || width < 2 ? null : { rowCount, width, start: end + 1 };
}

/**
 * Reads the text or the binary form of word2vec's vectors: a head of `rows width`, then each word, a space, and its numbers
 * as text or as little-endian float32. The caller owns the array. Throws TableError naming the word where the file ends early.
 */
export function readWord2vec(bytes: Uint8Array): WordVectors {
  const head = word2vecHead(bytes);
  if (head === null)
    throw new TableError('This file does not begin with the number of words and of dimensions.');
  checkVectorSize(head.rowCount, head.width);
  return isTextual(bytes, head) ? readTextual(bytes, head) : readBinary(bytes, head);
}

type Head = NonNullable<ReturnType<typeof word2vecHead>>;

/** In the text form the first line holds a word and as many numbers as the head says. */
function isTextual(bytes: Uint8Array, { width, start }: Head): boolean {
  const end = bytes.indexOf(newline, start);
  const line = utf8.decode(bytes.subarray(start, end < 0 ? bytes.length : end)).trim();
  const numbers = line.split(' ').slice(-width);
  return numbers.length === width && numbers.every((text) => text !== '' && Number.isFinite(Number(text)));
}

function readTextual(bytes: Uint8Array, { rowCount, width, start }: Head): WordVectors {
  const words: string[] = [];
  const values = new Float32Array(rowCount * width);
  let at = start;
  while (words.length < rowCount && at < bytes.length) {
    const end = bytes.indexOf(newline, at);
    const line = utf8.decode(bytes.subarray(at, end < 0 ? bytes.length : end)).trimEnd();
    at = end < 0 ? bytes.length : end + 1;
    if (line === '') continue;
    const parts = line.split(' ');
    const numbers = parts.slice(-width).map(Number);
    if (parts.length <= width || numbers.some((value) => !Number.isFinite(value)))
      throw new TableError(`Word ${words.length + 1} (“${parts[0]}”) does not have ${width} numbers.`);
    values.set(numbers, words.length * width);
    words.push(parts.slice(0, -width).join(' '));
  }
  if (words.length < rowCount) throw endsEarly(words.length, rowCount);
  return { words, width, values };
}

function readBinary(bytes: Uint8Array, { rowCount, width, start }: Head): WordVectors {
  const words: string[] = [];
  const values = new Float32Array(rowCount * width);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  for (let row = 0; row < rowCount; row++) {
    // Some writers put a line end behind each vector, some do not.
    while (bytes[at] === newline) at++;
    const end = bytes.indexOf(space, at);
    if (end < 0 || end + 1 + 4 * width > bytes.length) throw endsEarly(row, rowCount);
    words.push(utf8.decode(bytes.subarray(at, end)));
    at = end + 1;
    for (let i = 0; i < width; i++, at += 4) values[row * width + i] = view.getFloat32(at, true);
  }
  return { words, width, values };
}

function endsEarly(found: number, expected: number): TableError {
  return new TableError(
    `Its first line promises ${expected.toLocaleString('en')} words, and the file ends after ${found.toLocaleString('en')}. Save it again.`,
  );
}
