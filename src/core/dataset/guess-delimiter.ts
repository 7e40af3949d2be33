import Papa from 'papaparse';

import { isUsualColumnName } from './column-names';

/** What separates the cells of a row; null where every row is one cell. */
export type Delimiter = ',' | ', ' | '\t' | ';' | '|' | null;

const candidates = [',', ';', '\t', '|', ', '] as const;
const sampleUnits = 65_536;
const sampledRows = 500;
const leastShare = 0.6;

/**
 * The delimiter under which most of the first rows have the same number of cells. It has to be in the first row. Without
 * a usual column name there, fewer than three in five equal rows mean prose with commas: one cell a row.
 */
export function guessDelimiter(text: string, preferred: ',' | '\t' | null): Delimiter {
  const sample = text.slice(0, sampleUnits);
  const cut = sample.length < text.length;
  let best: Delimiter = null;
  let bestShare = 0;
  const ordered = preferred === '\t' ? (['\t', ',', ';', '|', ', '] as const) : candidates;
  for (const delimiter of ordered) {
    const evidence = shareOfEqualRows(sample, delimiter, cut);
    if (evidence === null) continue;
    if (delimiter === '\t' && preferred === '\t') return '\t';
    // A comma that a space always follows is a comma too: the longer one wins a tie with it.
    const ahead =
      delimiter === ', ' && best === ',' ? evidence.share >= bestShare : evidence.share > bestShare;
    if (ahead && (evidence.share >= leastShare || evidence.named))
      [best, bestShare] = [delimiter, evidence.share];
  }
  return best;
}

/**
 * Whether pasted text is a part of a spreadsheet: two rows or more that all have the same number of cells, two or more, between tabs.
 * Cells with line ends or tabs are in quotes, as spreadsheets copy them.
 */
export function looksLikeSheet(text: string): boolean {
  const sample = text.slice(0, sampleUnits);
  const evidence = shareOfEqualRows(sample, '\t', sample.length < text.length);
  return evidence !== null && evidence.rows > 1 && evidence.share === 1;
}

/** What the first rows say for a delimiter. */
export interface DelimiterEvidence {
  /** Share of the rows that have the commonest number of cells above one. */
  readonly share: number;
  readonly firstRow: readonly string[];
  /** Whether a cell of the first row is a usual column name. */
  readonly named: boolean;
  readonly rows: number;
}

/** How evenly a delimiter divides the first rows, quoted or plain, whichever is more even; null if it is not in row 1. */
export function shareOfEqualRows(
  sample: string,
  delimiter: ',' | ', ' | '\t' | ';' | '|',
  cut: boolean,
): DelimiterEvidence | null {
  if (!sample.includes(delimiter)) return null;
  let best: DelimiterEvidence | null = null;
  for (const plain of [false, true]) {
    const parsed = Papa.parse<string[]>(sample, {
      delimiter,
      newline: sample.includes('\n') ? '\n' : '\r',
      fastMode: plain,
      preview: sampledRows,
    }).data;
    if (cut && parsed.length > 1 && parsed.length < sampledRows) parsed.pop();
    const rows = parsed.filter((row) => row.length > 1 || row[0]?.trim());
    const firstRow = rows[0];
    if (firstRow === undefined || firstRow.length < 2) continue;
    if (delimiter === ', ' && firstRow.some((cell) => cell.includes(','))) continue;
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
    counts.delete(1);
    const share = Math.max(0, ...counts.values()) / rows.length;
    if (best === null || share > best.share) {
      best = { share, firstRow, named: firstRow.some(isUsualColumnName), rows: rows.length };
    }
    if (!sample.includes('"')) break;
  }
  return best;
}
