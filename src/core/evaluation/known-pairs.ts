import type { Dataset } from '@/core/dataset/dataset';
import { type TextColumn, textAt } from '@/core/dataset/text-column';
import { seededRandom } from '@/core/random';

/** Pairs of dataset rows of which it is known whether they mean the same. */
export interface KnownPairs {
  /** Two a pair. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** One a pair: 1 for the same, else 0. */
  readonly same: Uint8Array<ArrayBuffer>;
}

const mostLabelled = 100_000;
const sampleSeed = 1;

/**
 * Pairs of labelled rows, the same where the label is: all of them, or a seeded sample of 100,000 different ones. `groupOf` is −1 for
 * rows without a label.
 */
export function pairsByLabel(
  groupOf: Int32Array,
  most = mostLabelled,
): KnownPairs & { readonly isSampled: boolean } {
  const labelled = Array.from(groupOf.keys()).filter((row) => groupOf[row]! >= 0);
  const all = (labelled.length * (labelled.length - 1)) / 2;
  const rows: number[] = [];
  if (all <= most) {
    labelled.forEach((a, i) => {
      for (let j = i + 1; j < labelled.length; j++) rows.push(a, labelled[j]!);
    });
  } else {
    const random = seededRandom(sampleSeed);
    const pick = () => Math.floor(random() * labelled.length);
    const drawn = new Set<number>();
    while (drawn.size < most) {
      const i = pick();
      const j = pick();
      if (i === j) continue;
      const key = Math.min(i, j) * labelled.length + Math.max(i, j);
      if (drawn.has(key)) continue;
      drawn.add(key);
      rows.push(labelled[Math.min(i, j)]!, labelled[Math.max(i, j)]!);
    }
  }
  const same = Uint8Array.from({ length: rows.length / 2 }, (_, pair) =>
    groupOf[rows[2 * pair]!] === groupOf[rows[2 * pair + 1]!] ? 1 : 0,
  );
  return { rows: Uint32Array.from(rows), same, isSampled: all > most };
}

/** What was read of a file of judged pairs. */
export interface PairFile extends KnownPairs {
  /** Lines whose texts are not both in the dataset, or are one row. */
  readonly withoutRows: number;
  /** Lines whose judgement could not be read. */
  readonly withoutJudgement: number;
  /** Scores from here up count as the same, where the file has scores. */
  readonly scoreFrom: number | null;
}

const sameWords = /^(same|yes|true|duplicate|paraphrase|y|t)$/i;
const differentWords = /^(not|not same|different|no|false|n|f)$/i;

/**
 * Finds the rows of two columns of texts and whether the third says that they mean the same: a word (same, yes, true … or not, no, false
 * …), 1 and 0, or a score, of which the upper half of the range counts as the same. A text that occurs several times is its first row.
 */
export function readPairFile(
  dataset: Dataset,
  a: TextColumn,
  b: TextColumn,
  judgement: TextColumn,
): PairFile {
  const rowOf = new Map<string, number>();
  for (let row = dataset.rowCount - 1; row >= 0; row--) rowOf.set(textAt(dataset.texts, row).trim(), row);
  const words = Array.from(judgement.ends, (_, line) => textAt(judgement, line).trim());
  const numbers = words.map((word) => (word === '' ? Number.NaN : Number(word)));
  const scores = numbers.filter((number) => !Number.isNaN(number));
  const isScored = scores.some((score) => score !== 0 && score !== 1);
  const scoreFrom = isScored ? (least(scores) + greatest(scores)) / 2 : null;
  const rows: number[] = [];
  const same: number[] = [];
  let withoutRows = 0;
  let withoutJudgement = 0;
  words.forEach((word, line) => {
    const rowA = rowOf.get(textAt(a, line).trim());
    const rowB = rowOf.get(textAt(b, line).trim());
    if (rowA === undefined || rowB === undefined || rowA === rowB) {
      withoutRows++;
      return;
    }
    const number = numbers[line]!;
    const isSame = Number.isNaN(number)
      ? sameWords.test(word)
        ? true
        : differentWords.test(word)
          ? false
          : null
      : number >= (scoreFrom ?? 1);
    if (isSame === null) {
      withoutJudgement++;
      return;
    }
    rows.push(rowA, rowB);
    same.push(isSame ? 1 : 0);
  });
  return {
    rows: Uint32Array.from(rows),
    same: Uint8Array.from(same),
    withoutRows,
    withoutJudgement,
    scoreFrom,
  };
}

function least(values: readonly number[]): number {
  return values.reduce((most, value) => Math.min(most, value), Number.POSITIVE_INFINITY);
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** Which columns of a table hold the two texts and the judgement: those with most texts of the dataset, and the first other one. */
export function choosePairColumns(
  texts: ReadonlySet<string>,
  columns: readonly { readonly name: string; readonly cells: TextColumn }[],
): { readonly a: number; readonly b: number; readonly judgement: number } | null {
  const hits = columns.map(
    ({ cells }) =>
      Array.from(cells.ends, (_, line) => textAt(cells, line).trim()).filter((text) => texts.has(text))
        .length,
  );
  const order = [...hits.keys()].sort((x, y) => hits[y]! - hits[x]! || x - y);
  const [first, second] = order;
  if (first === undefined || second === undefined || hits[second] === 0) return null;
  const judgement = columns.findIndex(
    ({ cells }, i) =>
      i !== first &&
      i !== second &&
      Array.from(cells.ends, (_, line) => textAt(cells, line).trim()).some(
        (word) =>
          word !== '' && (!Number.isNaN(Number(word)) || sameWords.test(word) || differentWords.test(word)),
      ),
  );
  return judgement < 0 ? null : { a: Math.min(first, second), b: Math.max(first, second), judgement };
}
