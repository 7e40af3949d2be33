import { type TextColumn, textAt } from '@/core/dataset/text-column';

/** Texts that go into one request. */
export interface TextBatch {
  /** Dataset rows, in the order of `texts`. */
  readonly rows: readonly number[];
  readonly texts: readonly string[];
}

/** How much one request may hold. */
export interface BatchLimits {
  readonly maxTexts: number;
  /** UTF-8 bytes of the texts together; a single longer text goes alone. */
  readonly maxBytes: number;
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

/** True where a text has nothing to embed; such a text is never sent. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Cuts rows into batches in the order given, one at a time and only when asked; blank texts are passed over. */
export function* cutBatches(
  column: TextColumn,
  rows: Iterable<number>,
  limits: BatchLimits,
): Generator<TextBatch, void, void> {
  let batch: { rows: number[]; texts: string[] } = { rows: [], texts: [] };
  let bytes = 0;
  for (const row of rows) {
    const text = textAt(column, row);
    if (isBlank(text)) continue;
    const textBytes = countUtf8Bytes(text);
    const isFull = batch.rows.length >= limits.maxTexts || bytes + textBytes > limits.maxBytes;
    if (isFull && batch.rows.length > 0) {
      yield batch;
      batch = { rows: [], texts: [] };
      bytes = 0;
    }
    batch.rows.push(row);
    batch.texts.push(text);
    bytes += textBytes;
  }
  if (batch.rows.length > 0) yield batch;
}
