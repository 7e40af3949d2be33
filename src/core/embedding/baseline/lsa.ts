import type { TextColumn } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import { inverseFrequency } from './inverse-frequency';
import { shareWork } from './share-work';
import type { SparseMatrix } from './sparse-matrix';
import { patternWords, type SplitWords, segmenterWords } from './split-words';
import { countTerms, type TermCounts } from './term-counts';
import { type TruncatedSvd, truncateSvd } from './truncated-svd';

/** Longest LSA vector; fewer texts or words give a shorter one. */
export const lsaWidth = 128;

/** Most frequent words that are kept. */
const vocabularyCap = 50_000;

/** Why a row has no LSA vector. */
export const noWordsReason =
  'No words to compare: this text has no words, or only words that are too rare among these texts.';

/** A projection shorter than this, of a row of length 1, is rounding and not a position. */
const shortestProjection = 1e-3;
const svdSeed = 0x6c7361;

/**
 * Latent semantic analysis (Deerwester et al. 1990) of the loaded texts: words, TF-IDF, and a truncated singular value
 * decomposition of the matrix of rows and words.
 */
export interface LsaModel {
  /** Length of every vector: at most `lsaWidth`, 0 where the texts share no words at all. */
  readonly width: number;
  /** Words the model knows. */
  readonly termCount: number;
  /** Whole sentences: what was assumed or left out. */
  readonly notes: readonly string[];
  /**
   * The text's unit TF-IDF row times the right singular vectors: for a loaded text its row of U·Σ. `width` numbers, not of
   * unit length, the caller's to keep; null (`noWordsReason`) where the text has no place in the space.
   */
  embed(text: string): Float32Array<ArrayBuffer> | null;
}

/**
 * Learns an LSA space. A word of one row only cannot tie rows together and is left out, unless there are so few texts or
 * words that all of them fit (at most `lsaWidth`). Weights are (1 + ln tf) · idf (`inverseFrequency`), N = rows with
 * words; rows have unit length. Equal texts give equal bytes in the same engine.
 */
export function* fitLsa(
  texts: TextColumn,
  split: SplitWords = segmenterWords() ?? patternWords,
): Work<LsaModel> {
  const counts = yield* shareWork(countTerms(texts, split), 0, 300);
  const terms = chooseTerms(counts);
  const weigher = new Weigher(counts, terms.kept);
  const rows = weigher.weighAll();
  const svd = yield* shareWork(
    truncateSvd(repeatRows(rows, counts.copies), { width: lsaWidth, seed: svdSeed }),
    300,
    1000,
  );
  const notes: string[] = [];
  if (split === patternWords) {
    notes.push(
      'This browser cannot find words where a script writes no spaces; pairs of characters stand for words there.',
    );
  }
  if (terms.dropped > 0) {
    notes.push(
      `The ${vocabularyCap.toLocaleString('en')} most frequent words are used; ${terms.dropped.toLocaleString('en')} rarer ones are left out.`,
    );
  }
  return {
    width: svd.width,
    termCount: terms.kept.length,
    notes,
    embed(text) {
      const place = counts.places.get(text);
      if (place === undefined) return project(weigher.weighWords(split(text)), 0, svd);
      return project(rows, place, svd);
    },
  };
}

/** Words to keep, as their numbers, in the alphabetical order of the words (by code unit). */
function chooseTerms(counts: TermCounts): { kept: number[]; dropped: number } {
  const { words, frequencies, copies } = counts;
  const leastRows = Math.min(copies.length, words.length) <= lsaWidth ? 1 : 2;
  const byWord = (a: number, b: number) => (words[a]! < words[b]! ? -1 : 1);
  const usable = Array.from(words.keys()).filter((word) => frequencies[word]! >= leastRows);
  if (usable.length <= vocabularyCap) return { kept: usable.sort(byWord), dropped: 0 };
  usable.sort((a, b) => frequencies[b]! - frequencies[a]! || byWord(a, b));
  return {
    kept: usable.slice(0, vocabularyCap).sort(byWord),
    dropped: usable.length - vocabularyCap,
  };
}

/** Turns words into unit TF-IDF rows over the kept terms. */
class Weigher {
  private readonly termOfWord: Int32Array;
  private readonly idf: Float64Array;
  private wordNumbers: ReadonlyMap<string, number> | null = null;

  constructor(
    private readonly counts: TermCounts,
    kept: readonly number[],
  ) {
    const rowCount = counts.copies.reduce((sum, copies) => sum + copies, 0);
    this.termOfWord = new Int32Array(counts.words.length).fill(-1);
    kept.forEach((word, term) => {
      this.termOfWord[word] = term;
    });
    this.idf = Float64Array.from(kept, (word) => {
      return inverseFrequency(rowCount, counts.frequencies[word]!);
    });
  }

  /** One row a distinct text, in the order of `counts`. */
  weighAll(): SparseMatrix {
    return this.weigh(this.counts.starts, this.counts.occurrences);
  }

  /** A matrix of one row. */
  weighWords(words: readonly string[]): SparseMatrix {
    this.wordNumbers ??= new Map(this.counts.words.map((word, number) => [word, number]));
    const known: number[] = [];
    for (const word of words) {
      const number = this.wordNumbers.get(word);
      if (number !== undefined) known.push(number);
    }
    return this.weigh([0, known.length], known);
  }

  private weigh(bounds: readonly number[], occurrences: readonly number[]): SparseMatrix {
    const rows = bounds.length - 1;
    const starts = new Uint32Array(rows + 1);
    const indices = new Uint32Array(occurrences.length);
    const values = new Float64Array(occurrences.length);
    const terms = new Uint32Array(occurrences.length);
    let size = 0;
    for (let row = 0; row < rows; row++) {
      let count = 0;
      for (let i = bounds[row]!; i < bounds[row + 1]!; i++) {
        const term = this.termOfWord[occurrences[i]!]!;
        if (term >= 0) terms[count++] = term;
      }
      const sorted = terms.subarray(0, count).sort();
      const first = size;
      let square = 0;
      for (let i = 0; i < count; ) {
        const term = sorted[i]!;
        let end = i + 1;
        while (end < count && sorted[end] === term) end++;
        const weight = (1 + Math.log(end - i)) * this.idf[term]!;
        square += weight * weight;
        indices[size] = term;
        values[size++] = weight;
        i = end;
      }
      const norm = Math.sqrt(square);
      for (let i = first; i < size; i++) values[i]! /= norm;
      starts[row + 1] = size;
    }
    return {
      rows,
      columns: this.idf.length,
      starts,
      indices: indices.slice(0, size),
      values: values.slice(0, size),
    };
  }
}

/** Scales each row by √copies: the right singular vectors are those of the matrix with the copies written out. */
function repeatRows(matrix: SparseMatrix, copies: readonly number[]): SparseMatrix {
  const values = matrix.values.slice();
  copies.forEach((count, row) => {
    if (count === 1) return;
    const factor = Math.sqrt(count);
    for (let i = matrix.starts[row]!; i < matrix.starts[row + 1]!; i++) values[i]! *= factor;
  });
  return { ...matrix, values };
}

function project(matrix: SparseMatrix, row: number, svd: TruncatedSvd): Float32Array<ArrayBuffer> | null {
  const { width, vectors } = svd;
  const sums = new Float64Array(width);
  for (let i = matrix.starts[row]!; i < matrix.starts[row + 1]!; i++) {
    const value = matrix.values[i]!;
    const source = matrix.indices[i]! * width;
    for (let c = 0; c < width; c++) sums[c]! += value * vectors[source + c]!;
  }
  let square = 0;
  for (let c = 0; c < width; c++) square += sums[c]! * sums[c]!;
  return square < shortestProjection ** 2 ? null : Float32Array.from(sums);
}
