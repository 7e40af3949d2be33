import type { Work } from '@/core/work';
import { KeyIndex } from './key-index';
import type { TextSource } from './sent-texts';
import { keysAt } from './text-keys';

const rowsPerStep = 16_384;

/** Texts that go into one request. */
export interface TextBatch {
  /** Dataset rows, in the order of `texts`; the first one where several rows have the same text. */
  readonly rows: readonly number[];
  readonly texts: readonly string[];
}

/** How much one request may hold. */
export interface BatchLimits {
  readonly maxTexts: number;
  /** UTF-8 bytes of the texts together; a single longer text goes alone. */
  readonly maxBytes: number;
}

/** A batch whose request was refused and that is now sent in parts, to learn whether its size or a text was the reason. */
export interface Split {
  readonly texts: number;
  readonly bytes: number;
  readonly parent: Split | null;
  /** Texts that have not ended yet. */
  left: number;
  /** True once a text of it has failed alone. */
  hasFailure: boolean;
}

/** Texts of the queue that are sent together, and what they went through. */
export interface Piece {
  /** Positions among the different texts of the run. */
  readonly items: readonly number[];
  /** Repetitions of passing trouble so far. */
  readonly retries: number;
  /** True where it was asked again because a reply could not be used. */
  readonly isAskedAgain: boolean;
  readonly split: Split | null;
}

/** Bytes of a text in UTF-8, a lone surrogate counted as the three bytes of its replacement. */
export function countUtf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    const isPair = unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (isPair) i++;
    // Two units become four bytes in a pair; a single unit becomes two or three.
    bytes += isPair || unit >= 0x800 ? 2 : 1;
  }
  return bytes;
}

/** Two pieces that hold the items of one, in their order; a piece of one item stays whole. */
export function halve(piece: Piece): Piece[] {
  const middle = Math.ceil(piece.items.length / 2);
  const halves = [piece.items.slice(0, middle), piece.items.slice(middle)];
  return halves.filter((items) => items.length > 0).map((items) => ({ ...piece, items }));
}

/**
 * The different texts of a run in row order, each sent once however many rows have it. Parts of earlier batches go
 * before texts that were never sent.
 */
export class SendQueue {
  readonly #source: TextSource;
  /** First row of each different text. */
  readonly #rows: number[] = [];
  /** All rows of the texts that more than one row has. */
  readonly #twins = new Map<number, number[]>();
  readonly #returned: Piece[] = [];
  #next = 0;

  /** The rows it was made of. */
  readonly rows: Uint32Array;

  /** Rows whose text is blank; they are not in the queue. */
  readonly blankRows: readonly number[];

  private constructor(source: TextSource, rows: Uint32Array, blankRows: readonly number[]) {
    this.#source = source;
    this.rows = rows;
    this.blankRows = blankRows;
  }

  /** The queue of some rows, each once, made in pieces. Progress counts rows. */
  static *build(source: TextSource, rows: Uint32Array): Work<SendQueue> {
    const total = rows.length;
    const blank: number[] = [];
    const wanted = new Uint32Array(total);
    let wantedCount = 0;
    for (let i = 0; i < total; i++) {
      const row = rows[i]!;
      if (source.isBlank(row)) blank.push(row);
      else wanted[wantedCount++] = row;
    }
    yield { done: 0, total };
    const index = yield* KeyIndex.build(keysAt(source.keys, wanted.subarray(0, wantedCount)));
    const queue = new SendQueue(source, rows, blank);
    for (let from = 0; from < wantedCount; from += rowsPerStep) {
      queue.#add(wanted, index, from, Math.min(wantedCount, from + rowsPerStep));
      yield { done: from, total };
    }
    return queue;
  }

  #add(wanted: Uint32Array, index: KeyIndex, from: number, end: number): void {
    for (let place = from; place < end; place++) {
      if (!index.isFirst(place)) continue;
      let next = index.after(place);
      if (next >= 0) {
        const twins = [wanted[place]!];
        for (; next >= 0; next = index.after(next)) twins.push(wanted[next]!);
        this.#twins.set(this.#rows.length, twins);
      }
      this.#rows.push(wanted[place]!);
    }
  }

  get hasReturned(): boolean {
    return this.#returned.length > 0;
  }

  get hasUnsent(): boolean {
    return this.#next < this.#rows.length;
  }

  /** The next piece within the limits, at least one text of it; null where nothing is left. */
  take(limits: BatchLimits): Piece | null {
    const piece = this.#returned.shift();
    if (piece !== undefined) {
      const count = this.#countFitting(piece.items, 0, piece.items.length, limits);
      if (count === piece.items.length) return piece;
      this.#returned.unshift({ ...piece, items: piece.items.slice(count) });
      return { ...piece, items: piece.items.slice(0, count) };
    }
    if (!this.hasUnsent) return null;
    const count = this.#countFitting(null, this.#next, this.#rows.length, limits);
    const items = Array.from({ length: count }, (_, i) => this.#next + i);
    this.#next += count;
    return { items, retries: 0, isAskedAgain: false, split: null };
  }

  /** Puts pieces in front, in their order. */
  putBack(pieces: readonly Piece[]): void {
    this.#returned.unshift(...pieces);
  }

  /** The texts of a piece. */
  batchOf(piece: Piece): TextBatch {
    const rows = piece.items.map((item) => this.#rows[item]!);
    return { rows, texts: rows.map((row) => this.#source.textAt(row)) };
  }

  /** All rows that have the text of an item. */
  rowsOf(item: number): readonly number[] {
    return this.#twins.get(item) ?? [this.#rows[item]!];
  }

  #countFitting(items: readonly number[] | null, from: number, end: number, limits: BatchLimits): number {
    let bytes = 0;
    let at = from;
    for (; at < end && at - from < limits.maxTexts; at++) {
      bytes += countUtf8Bytes(this.#source.textAt(this.#rows[items === null ? at : items[at]!]!));
      if (bytes > limits.maxBytes && at > from) break;
    }
    return at - from;
  }
}
