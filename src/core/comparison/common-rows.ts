import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

const rowsPerStep = 2048;

export interface CommonRows {
  /** Dataset rows to compare over, ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Rows left out because a run has no vector for them. */
  readonly withoutVector: number;
  /** Rows left out because an earlier row that is compared has the same text. */
  readonly duplicateTexts: number;
}

/**
 * The rows over which runs are compared: those with a vector in every run, of equal texts the first. Identical texts
 * would agree in every model and lend any pair of runs agreement for nothing.
 * Progress counts rows.
 * @param present one array a run, one byte a row: not 0 where the row has a vector
 */
export function* commonDistinctRows(texts: TextColumn, ...present: readonly Uint8Array[]): Work<CommonRows> {
  const rows: number[] = [];
  const seen = new Set<string>();
  let withoutVector = 0;
  const total = texts.ends.length;
  for (let row = 0; row < total; row++) {
    if (row % rowsPerStep === 0) yield { done: row, total };
    if (!present.every((run) => (run[row] ?? 0) !== 0)) {
      withoutVector++;
      continue;
    }
    const text = textAt(texts, row);
    if (seen.has(text)) continue;
    seen.add(text);
    rows.push(row);
  }
  const duplicateTexts = texts.ends.length - withoutVector - rows.length;
  return { rows: Uint32Array.from(rows), withoutVector, duplicateTexts };
}
