import type { BatchRange } from './batch-size';
import { KeyIndex } from './key-index';
import type { SentTexts } from './sent-texts';

/** What a run is likely to cost, from estimates. Texts are counted once however many rows have them. */
export interface SpendEstimate {
  readonly rows: number;
  /** Rows without a word, which are not sent. */
  readonly blankRows: number;
  /** Rows whose vector is kept already. */
  readonly knownRows: number;
  /** Rows that failed before; they are sent only when a person retries them. */
  readonly failedRows: number;
  /** Different texts that have to be sent. */
  readonly newTexts: number;
  /** Estimated tokens of those texts. */
  readonly newTokens: number;
  /** Requests where all goes well. */
  readonly requests: number;
  /** Of those texts, the ones estimated to be longer than the model reads; null where its window is not known. */
  readonly overWindow: number | null;
}

/** UTF-8 bytes of a token, so that the bytes of a batch can be told from its tokens. */
const bytesPerToken = 4;

/**
 * What sending the texts would cost.
 *
 * @param isKnown one byte a row, 1 where its vector is kept.
 * @param failed rows of the run that failed before.
 * @param windowTokens the longest text the model reads, or null where that is not known.
 */
export function estimateSpend(
  { keys, tokens }: Pick<SentTexts, 'keys' | 'tokens'>,
  isKnown: Uint8Array,
  failed: Uint32Array,
  windowTokens: number | null,
  batches: BatchRange,
): SpendEstimate {
  const index = KeyIndex.of(keys);
  const hasFailed = new Set(failed);
  let blankRows = 0;
  let knownRows = 0;
  let failedRows = 0;
  let newTexts = 0;
  let newTokens = 0;
  let overWindow = 0;
  tokens.forEach((count, row) => {
    if (count === 0) blankRows++;
    else if (isKnown[row] === 1) knownRows++;
    else if (hasFailed.has(row)) failedRows++;
    else if (index.first(keys, row) === row) {
      newTexts++;
      newTokens += count;
      if (windowTokens !== null && count > windowTokens) overWindow++;
    }
  });
  return {
    rows: tokens.length,
    blankRows,
    knownRows,
    failedRows,
    newTexts,
    newTokens,
    requests: countRequests(newTexts, newTokens * bytesPerToken, batches),
    overWindow: windowTokens === null ? null : overWindow,
  };
}

/** Requests for texts of even length, in batches that grow as they do when each of them is answered. */
function countRequests(texts: number, bytes: number, { start, most, step }: BatchRange): number {
  let requests = 0;
  let { maxTexts, maxBytes } = start;
  for (let left = texts; left > 0; requests++) {
    const fitting = Math.max(1, Math.floor((maxBytes * texts) / bytes));
    left -= Math.min(maxTexts, fitting);
    if (fitting >= maxTexts) maxTexts = Math.min(most.maxTexts, maxTexts + step.maxTexts);
    else maxBytes = Math.min(most.maxBytes, maxBytes + step.maxBytes);
  }
  return requests;
}
