import { type CellKind, cellKind } from './cell-kind';
import { rankLabelName, rankTextName } from './column-names';
import type { ParsedTable } from './table';
import { type TextColumn, textAt } from './text-column';

const sampledCells = 500;
const mostLabels = 200;

/** The likely text and label columns; text is null where every column holds numbers, dates or nothing. */
export interface GuessedColumns {
  readonly text: number | null;
  readonly label: number | null;
}

/**
 * Guesses which column holds the texts (its name; long, distinct cells that are no numbers, dates, addresses or
 * identifiers) and which the labels (its name; 2 to min(200, rows / 2) distinct short values, no fractions).
 */
export function guessColumns(columns: ParsedTable['columns'], rowCount: number): GuessedColumns {
  const profiles = columns.map(({ cells }) => profileColumn(cells, rowCount));
  let text: number | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (const [i, { name }] of columns.entries()) {
    const profile = profiles[i]!;
    if (profile.filled === 0 || profile.numbers + profile.dates > 0.95) continue;
    const score = scoreText(name, profile);
    // Of two columns as good as each other the first is the text: sentence pairs, a text and its translation.
    if (score > best + 0.1) [text, best] = [i, score];
  }

  let label: number | null = null;
  best = 0;
  for (const [i, { name, cells }] of columns.entries()) {
    if (i === text) continue;
    const score = scoreLabel(name, cells, profiles[i]!, rowCount);
    if (score > best) [label, best] = [i, score];
  }
  return { text, label };
}

/** Shares of a sample of cells; all but `filled` are shares of the filled ones. */
interface ColumnProfile {
  readonly filled: number;
  readonly distinct: number;
  readonly meanLength: number;
  readonly numbers: number;
  readonly floats: number;
  readonly dates: number;
  readonly urls: number;
  readonly codes: number;
}

function profileColumn(cells: TextColumn, rowCount: number): ColumnProfile {
  const counts: Record<CellKind, number> = {
    blank: 0,
    integer: 0,
    float: 0,
    date: 0,
    url: 0,
    code: 0,
    text: 0,
  };
  const seen = new Set<string>();
  const sampled = Math.min(rowCount, sampledCells);
  let length = 0;
  for (let i = 0; i < sampled; i++) {
    const cell = textAt(cells, Math.floor((i * rowCount) / sampled));
    const kind = cellKind(cell);
    counts[kind]++;
    if (kind === 'blank') continue;
    seen.add(cell);
    length += cell.length;
  }
  const filled = sampled - counts.blank;
  const shareOf = (count: number) => (filled === 0 ? 0 : count / filled);
  return {
    filled: sampled === 0 ? 0 : filled / sampled,
    distinct: shareOf(seen.size),
    meanLength: shareOf(length),
    numbers: shareOf(counts.integer + counts.float),
    floats: shareOf(counts.float),
    dates: shareOf(counts.date),
    urls: shareOf(counts.url),
    codes: shareOf(counts.code),
  };
}

function scoreText(name: string, profile: ColumnProfile): number {
  return (
    rankTextName(name) +
    Math.min(2.5, Math.log2(1 + profile.meanLength) / 3) +
    profile.distinct +
    profile.filled / 2 -
    4 * profile.numbers -
    3 * (profile.urls + profile.dates) -
    2 * profile.codes
  );
}

function scoreLabel(name: string, cells: TextColumn, profile: ColumnProfile, rowCount: number): number {
  const rank = rankLabelName(name);
  const atMost = Math.max(2, Math.min(mostLabels, Math.floor(rowCount / 2)));
  if (profile.filled < 0.5 || profile.floats > 0.5 || profile.urls > 0.5) return 0;
  if (rank <= 0 && (profile.meanLength > 40 || profile.dates > 0.5)) return 0;
  const distinct = countDistinct(cells, rowCount, atMost);
  if (distinct < 2 || distinct > atMost) return 0;
  // Without a telling name a label has to recur: five rows a value, and fewer values than a code has.
  if (rank <= 0 && distinct > Math.max(2, Math.min(50, rowCount / 5))) return 0;
  const score = Math.max(0, rank) + (1 - distinct / rowCount) - profile.numbers / 2;
  return rank < 0 ? score / 4 : score;
}

/** Distinct cells that are not blank; stops counting above `atMost`. */
function countDistinct(cells: TextColumn, rowCount: number, atMost: number): number {
  const seen = new Set<string>();
  for (let row = 0; row < rowCount && seen.size <= atMost; row++) {
    const cell = textAt(cells, row);
    if (cell.trim() !== '') seen.add(cell);
  }
  return seen.size;
}
