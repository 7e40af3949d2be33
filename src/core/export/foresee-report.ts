import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { TextColumn } from '@/core/dataset/text-column';
import { blockLevel } from './block-grid';
import { excerptLength, reportCells, reportNeighbours, type TextShare } from './report-data';

/** The script with its styles, definitions and settings. */
const pageBytes = 1_060_000;
/** Characters from which bytes a character are told. */
const sampledCharacters = 20_000;
/** Quotes and comma. */
const bytesAText = 3;
const base64 = 4 / 3;

/** Roughly the bytes of a report, from what decides them. */
export function foreseeReportBytes(about: {
  readonly texts: TextColumn;
  readonly textShare: TextShare;
  readonly maps: number;
  /** Rows of the matrix. */
  readonly matrixRows: number;
  /** The column along whose scale rows are coloured, as its cells are written; null where they are coloured by groups. */
  readonly scaleCells: TextColumn | null;
}): number {
  const { texts, textShare, maps, matrixRows, scaleCells } = about;
  const rows = texts.ends.length;
  // As core/export/packed-numbers writes them.
  const indexBytes = rows < 2 ** 15 ? 2 : 4;
  const places = rows * maps * (4 + reportNeighbours * (indexBytes + 1));
  const cells = Math.ceil(matrixRows / 2 ** blockLevel(matrixRows, reportCells));
  const matrix = 2 * cells ** 2 + indexBytes * matrixRows;
  const colours =
    scaleCells === null ? base64 * indexBytes * rows : base64 * 2 * rows + textBytes(scaleCells, 'full');
  return pageBytes + base64 * (places + matrix) + colours + textBytes(texts, textShare);
}

function textBytes({ joined, ends }: TextColumn, share: TextShare): number {
  if (share === 'none') return 0;
  const sample = joined.slice(0, sampledCharacters);
  const bytesACharacter = sample === '' ? 1 : utf8ToBytes(sample).length / sample.length;
  let characters = joined.length;
  if (share === 'excerpt') {
    characters = 0;
    let start = 0;
    for (const end of ends) {
      characters += Math.min(end - start, excerptLength);
      start = end;
    }
  }
  return bytesACharacter * characters + bytesAText * ends.length;
}
