import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';

/** Pairs of texts that someone judged: by a score, or as same and not. */
export interface GoldPairs {
  readonly first: readonly string[];
  readonly second: readonly string[];
  /** One a pair; 1 and 0 where pairs are same or not. */
  readonly scores: Float64Array<ArrayBuffer>;
  readonly kind: 'score' | 'same';
  /** Lines without two texts and a judgement. */
  readonly skipped: number;
}

const sameWords = new Set(['same', 'yes', 'true', 'duplicate', 'paraphrase', 'entailment', 'y', 't']);
const otherWords = new Set([
  'not',
  'not same',
  'different',
  'no',
  'false',
  'other',
  'contradiction',
  'n',
  'f',
]);

/** What a cell judges: a number, or same (1) and not (0) in words; null for neither. */
function readJudgement(cell: string): number | null {
  const word = cell.trim().toLowerCase();
  if (sameWords.has(word)) return 1;
  if (otherWords.has(word)) return 0;
  const number = word === '' ? Number.NaN : Number(word.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

/** Cells that must judge for a column to be taken for judgements. */
const mostlyJudging = 0.9;
/** As many where the texts are known by the dataset, so that there is less to confuse it with. */
const partlyJudging = 0.5;

/**
 * Finds two columns of texts and one of judgements among a table's columns. Texts are the two columns with most texts of the dataset
 * (`known`, trimmed), or, where fewer than two have any, those with the longest cells; the judgement is the last other column whose
 * cells nearly all judge. Null where there are not three such columns.
 */
export function findGoldPairs(
  columns: readonly (readonly string[])[],
  known: ReadonlySet<string> = new Set(),
): GoldPairs | null {
  const shareJudging = (cells: readonly string[]) =>
    cells.filter((cell) => readJudgement(cell) !== null).length / Math.max(1, cells.length);
  const hits = columns.map((cells) => cells.filter((cell) => known.has(cell.trim())).length);
  const isKnown = hits.filter((count) => count > 0).length >= 2;
  const lastJudging = (share: number, without: readonly number[]) =>
    columns.findLastIndex((cells, i) => !without.includes(i) && shareJudging(cells) >= share);
  const texts = isKnown ? topTwo(hits, -1) : [];
  const judging = Math.max(lastJudging(mostlyJudging, texts), -1);
  const judgement = judging >= 0 || !isKnown ? judging : lastJudging(partlyJudging, texts);
  if (judgement < 0) return null;
  if (!isKnown) {
    const lengths = columns.map((cells) => cells.reduce((sum, cell) => sum + cell.length, 0));
    texts.push(...topTwo(lengths, judgement));
  }
  const [a, b] = texts;
  return a === undefined || b === undefined ? null : readPairs(columns[a]!, columns[b]!, columns[judgement]!);
}

/** Places of the two largest, in their order; without one place. */
function topTwo(values: readonly number[], without: number): number[] {
  return [...values.keys()]
    .filter((i) => i !== without)
    .sort((x, y) => values[y]! - values[x]! || x - y)
    .slice(0, 2)
    .sort((x, y) => x - y);
}

function readPairs(
  a: readonly string[],
  b: readonly string[],
  judgements: readonly string[],
): GoldPairs | null {
  const first: string[] = [];
  const second: string[] = [];
  const scores: number[] = [];
  let skipped = 0;
  judgements.forEach((cell, line) => {
    const judgement = readJudgement(cell);
    const [one = '', other = ''] = [a[line], b[line]];
    if (judgement === null || one.trim() === '' || other.trim() === '') {
      skipped++;
      return;
    }
    first.push(one);
    second.push(other);
    scores.push(judgement);
  });
  if (scores.length === 0) return null;
  const kind = scores.every((score) => score === 0 || score === 1) ? 'same' : 'score';
  return { first, second, scores: Float64Array.from(scores), kind, skipped };
}

/** Judged pairs whose texts are both in the dataset. */
export interface PlacedPairs {
  /** Dataset rows, two a pair. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  /** Pairs with a text that is not in the dataset, or of a row with itself. */
  readonly absent: number;
}

/** Finds the pairs' texts among the rows; of equal texts the first. */
export function placePairs(dataset: Dataset, { first, second, scores }: GoldPairs): PlacedPairs {
  const rowOf = new Map<string, number>();
  for (let row = dataset.rowCount - 1; row >= 0; row--) rowOf.set(textAt(dataset.texts, row).trim(), row);
  const rows: number[] = [];
  const kept: number[] = [];
  first.forEach((text, pair) => {
    const a = rowOf.get(text.trim());
    const b = rowOf.get(second[pair]!.trim());
    if (a === undefined || b === undefined || a === b) return;
    rows.push(a, b);
    kept.push(scores[pair]!);
  });
  return {
    rows: Uint32Array.from(rows),
    scores: Float64Array.from(kept),
    absent: first.length - kept.length,
  };
}

/** From which score up two texts count as the same: the middle of the scores' range; null where pairs are same or not. */
export function sameFrom({ kind, scores }: GoldPairs): number | null {
  if (kind === 'same') return null;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const score of scores) {
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  return (least + most) / 2;
}
