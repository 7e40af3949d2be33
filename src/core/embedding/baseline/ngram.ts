import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import { extendHash, finishHash, hashSeed, ngramSizes } from './hash-ngram';
import { inverseFrequency } from './inverse-frequency';
import { normaliseText } from './normalise-text';

/** Length of an n-gram vector. */
export const ngramWidth = 512;

/** Why a row has no n-gram vector. */
export const noLettersReason = 'No words to compare: this text has no letters or digits.';

const frequencySlots = 1 << 18;
const boundary = 0x20;
const wordPattern = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const charactersPerStep = 1 << 14;

/**
 * Character n-grams of the loaded texts, weighted by TF-IDF and hashed with signs into 512 dimensions (Weinberger et al.
 * 2009). The n-grams are the 3 to 5 code points long pieces of each word with a boundary mark on either side.
 */
export interface NgramModel {
  readonly width: number;
  /** Unit vector of `ngramWidth` numbers, the caller's to keep; null (`noLettersReason`) without letters and digits. */
  embed(text: string): Float32Array<ArrayBuffer> | null;
}

/** Hashes of all n-grams of one text at a time, in a buffer that grows and is used again. */
class NgramReader {
  hashes = new Uint32Array(1024);
  count = 0;
  private codePoints = new Uint32Array(256);

  read(text: string): void {
    this.count = 0;
    const words = normaliseText(text).match(wordPattern);
    if (words !== null) for (const word of words) this.readWord(word);
  }

  private readWord(word: string): void {
    if (this.codePoints.length < word.length + 2) {
      this.codePoints = new Uint32Array(2 * word.length + 2);
    }
    const points = this.codePoints;
    let length = 0;
    points[length++] = boundary;
    for (let i = 0; i < word.length; i++) {
      const point = word.codePointAt(i)!;
      if (point > 0xffff) i++;
      points[length++] = point;
    }
    points[length++] = boundary;
    this.reserve(3 * length);
    for (let start = 0; start + ngramSizes.shortest <= length; start++) {
      const stop = Math.min(length, start + ngramSizes.longest);
      let hash = hashSeed;
      for (let i = start; i < stop; i++) {
        hash = extendHash(hash, points[i]!);
        if (i - start + 1 >= ngramSizes.shortest) this.hashes[this.count++] = finishHash(hash);
      }
    }
  }

  private reserve(more: number): void {
    if (this.count + more <= this.hashes.length) return;
    const larger = new Uint32Array(2 * (this.count + more));
    larger.set(this.hashes);
    this.hashes = larger;
  }
}

/**
 * Learns the n-gram document frequencies of the texts. Weights are (1 + ln tf) · idf (`inverseFrequency`), N = rows with
 * an n-gram; df is counted in 2^18 slots of the hash. The vector of a text depends on the set of texts, not on their order.
 */
export function* fitNgrams(texts: TextColumn): Work<NgramModel> {
  const rowCount = texts.ends.length;
  const total = texts.joined.length;
  const reader = new NgramReader();
  const frequencies = new Uint32Array(frequencySlots);
  const lastRow = new Int32Array(frequencySlots).fill(-1);
  let documents = 0;
  let reported = 0;
  for (let row = 0; row < rowCount; row++) {
    reader.read(textAt(texts, row));
    if (reader.count > 0) documents++;
    for (let i = 0; i < reader.count; i++) {
      const slot = reader.hashes[i]! & (frequencySlots - 1);
      if (lastRow[slot] === row) continue;
      lastRow[slot] = row;
      frequencies[slot]!++;
    }
    const done = texts.ends[row]!;
    if (done - reported >= charactersPerStep) {
      reported = done;
      yield { done, total };
    }
  }
  return createModel(reader, frequencies, documents);
}

function createModel(reader: NgramReader, frequencies: Uint32Array, documents: number): NgramModel {
  const sums = new Float64Array(ngramWidth);
  const idf = Float64Array.from({ length: documents + 1 }, (_, df) => inverseFrequency(documents, df));
  return {
    width: ngramWidth,
    embed(text) {
      reader.read(text);
      const { count } = reader;
      // Sorted, equal n-grams stand together, and the order of the additions does not depend on the text's own order.
      const hashes = reader.hashes.subarray(0, count).sort();
      sums.fill(0);
      for (let i = 0; i < count; ) {
        const hash = hashes[i]!;
        let end = i + 1;
        while (end < count && hashes[end] === hash) end++;
        const weight = sublinear(end - i) * idf[frequencies[hash & (frequencySlots - 1)]!]!;
        sums[(hash >>> 18) & (ngramWidth - 1)]! += hash >>> 31 === 1 ? weight : -weight;
        i = end;
      }
      let square = 0;
      for (let i = 0; i < ngramWidth; i++) square += sums[i]! * sums[i]!;
      if (square === 0) return null;
      const scale = 1 / Math.sqrt(square);
      const vector = new Float32Array(ngramWidth);
      for (let i = 0; i < ngramWidth; i++) vector[i] = sums[i]! * scale;
      return vector;
    },
  };
}

function sublinear(count: number): number {
  return count === 1 ? 1 : 1 + Math.log(count);
}
