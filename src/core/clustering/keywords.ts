import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { TermCounts } from '@/core/embedding/baseline/term-counts';
import type { Work } from '@/core/work';

/** A word, or two words that follow each other, that tells a group of rows from the others. */
export interface Keyword {
  readonly term: string;
  /** Rows of the group, and of all, that have it. */
  readonly rows: number;
  readonly rowsInAll: number;
}

const rowsPerStep = 4096;
/** Words from which pairs are made; pairs of others would be no keywords either. */
const wordsConsidered = 24;
/** How much more often a term occurs in a row of the group than in a row outside, at least. */
const leastLift = 2;
/** A pair stands for a word of it that comes with the other at least this often. */
const pairShare = 0.6;
/** A word makes no pair with one that tells the group by so much less than itself: "card", not "the card". */
const leastPartner = 1 / 3;

/**
 * Keywords of groups of rows by class-based TF-IDF (Grootendorst 2022, "BERTopic"), log(1 + A/f) times a term's frequency in the
 * group, here less that outside, so that words frequent everywhere fall out also in short texts, and times the part of its rows
 * that lie in the group: by frequency alone a small set's "on" and "was", which a group has more often than the others by chance,
 * would come before its topic, in any language. f is a term's frequency in all rows, A the mean of all
 * terms' frequencies over groups. A row counts a term once, so that a text that repeats itself does not decide. Terms are left out that occur
 * in fewer than two rows of the group, or less than twice as often as outside. Progress counts rows.
 *
 * @param counts of the words of the texts
 * @param groupOf for each row its group below `groupCount`, −1 for none (these rows count as outside)
 * @returns for each group up to `most` keywords, best first, none sharing a word, or another form of one, with a better one
 */
export function* keywordsOf(request: {
  readonly texts: TextColumn;
  readonly counts: TermCounts;
  readonly groupOf: Int32Array;
  readonly groupCount: number;
  readonly most: number;
}): Work<Keyword[][]> {
  const { texts, counts, groupOf, groupCount, most } = request;
  const rowCount = groupOf.length;
  const total = rowCount * 3;
  const rowsOfGroup = new Uint32Array(groupCount);
  const byGroup: number[][] = Array.from({ length: groupCount + 1 }, () => []);
  for (let row = 0; row < rowCount; row++) {
    const group = groupOf[row]!;
    if (group >= 0) rowsOfGroup[group]! += 1;
    const place = counts.places.get(textAt(texts, row));
    if (place !== undefined) byGroup[group < 0 ? groupCount : group]!.push(place);
    if (row % rowsPerStep === rowsPerStep - 1) yield { done: row, total };
  }

  const wordRows = Float64Array.from(counts.frequencies);
  const mean = wordRows.reduce((sum, rows) => sum + rows, 0) / Math.max(1, groupCount);
  const score = (group: number, rows: number, rowsInAll: number) => {
    const outside = rowCount - rowsOfGroup[group]!;
    const share = rows / rowsOfGroup[group]!;
    const shareOutside = outside === 0 ? 0 : (rowsInAll - rows) / outside;
    if (rows < 2 || share < leastLift * shareOutside) return 0;
    return (share - shareOutside) * (rows / rowsInAll) * Math.log(1 + mean / rowsInAll);
  };

  const seenIn = new Int32Array(counts.words.length).fill(-1);
  const rowsWith = new Uint32Array(counts.words.length);
  const bestWords: Scored[][] = [];
  const pairs = new Map<number, { rowsInAll: number; lastText: number }>();
  const pairRows: Map<number, number>[] = [];
  const pairKey = (a: number, b: number) => a * counts.words.length + b;
  let done = rowCount;
  for (let group = 0; group < groupCount; group++) {
    const touched: number[] = [];
    for (const place of byGroup[group]!) {
      for (let at = counts.starts[place]!; at < counts.starts[place + 1]!; at++) {
        const word = counts.occurrences[at]!;
        if (seenIn[word] === done) continue;
        seenIn[word] = done;
        if (rowsWith[word] === 0) touched.push(word);
        rowsWith[word]! += 1;
      }
      if (++done % rowsPerStep === 0) yield { done, total };
    }
    const scored: Scored[] = [];
    for (const word of touched) {
      const rows = rowsWith[word]!;
      const rowsInAll = wordRows[word]!;
      const value = hasLetter.test(counts.words[word]!) ? score(group, rows, rowsInAll) : 0;
      if (value > 0) scored.push({ words: [word], rows, rowsInAll, value });
      rowsWith[word] = 0;
    }
    scored.sort(compareScored);
    bestWords.push(scored.slice(0, wordsConsidered));

    const wanted = new Set(bestWords[group]!.map(({ words }) => words[0]!));
    const found = new Map<number, number>();
    for (const place of byGroup[group]!) {
      const inText = new Set<number>();
      for (let at = counts.starts[place]! + 1; at < counts.starts[place + 1]!; at++) {
        const first = counts.occurrences[at - 1]!;
        const second = counts.occurrences[at]!;
        if (first !== second && wanted.has(first) && wanted.has(second)) inText.add(pairKey(first, second));
      }
      for (const key of inText) found.set(key, (found.get(key) ?? 0) + 1);
    }
    for (const [key, rows] of found) {
      if (rows < 2) found.delete(key);
      else if (!pairs.has(key)) pairs.set(key, { rowsInAll: 0, lastText: -1 });
    }
    pairRows.push(found);
  }

  for (let place = 0; place < counts.copies.length; place++) {
    for (let at = counts.starts[place]! + 1; at < counts.starts[place + 1]!; at++) {
      const pair = pairs.get(pairKey(counts.occurrences[at - 1]!, counts.occurrences[at]!));
      if (pair === undefined || pair.lastText === place) continue;
      pair.lastText = place;
      pair.rowsInAll += counts.copies[place]!;
    }
    if (place % rowsPerStep === rowsPerStep - 1) yield { done: 2 * rowCount, total };
  }

  return bestWords.map((words, group) => {
    const scored = [...words];
    const wordValues = new Map(words.map((one) => [one.words[0]!, one.value]));
    for (const [key, rows] of pairRows[group]!) {
      const { rowsInAll } = pairs.get(key)!;
      const value = score(group, rows, rowsInAll);
      const first = Math.floor(key / counts.words.length);
      const second = key - first * counts.words.length;
      const [least, most] = [first, second].map((word) => wordValues.get(word)!).sort((a, b) => a - b);
      if (value > 0 && least! >= leastPartner * most!)
        scored.push({ words: [first, second], rows, rowsInAll, value });
    }
    return pickTerms(scored, counts.words, most).map(({ words: parts, rows, rowsInAll }) => ({
      term: joinWords(parts.map((word) => counts.words[word]!)),
      rows,
      rowsInAll,
    }));
  });
}

interface Scored {
  /** Numbers of its words, one or two. */
  readonly words: readonly number[];
  readonly rows: number;
  readonly rowsInAll: number;
  readonly value: number;
}

const hasLetter = /\p{L}/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

function compareScored(a: Scored, b: Scored): number {
  return b.value - a.value || b.rows - a.rows || a.words[0]! - b.words[0]! || a.words.length - b.words.length;
}

/** The best terms, none with a word of a better one or another form of it; a word that mostly comes in a pair gives way to the pair. */
function pickTerms(scored: Scored[], spelling: readonly string[], most: number): Scored[] {
  scored.sort(compareScored);
  const picked: Scored[] = [];
  const taken: string[] = [];
  const isTaken = ({ words }: Scored) =>
    words.some((word) => taken.some((other) => areForms(spelling[word]!, other)));
  for (const candidate of scored) {
    if (picked.length === most) break;
    if (isTaken(candidate)) continue;
    const pair = scored.find(
      (other) =>
        other.words.length === 2 &&
        other.words.includes(candidate.words[0]!) &&
        other.rows >= pairShare * candidate.rows &&
        !isTaken(other),
    );
    const term = candidate.words.length === 1 ? (pair ?? candidate) : candidate;
    picked.push(term);
    taken.push(...term.words.map((word) => spelling[word]!));
  }
  return picked;
}

/** Whether two words are the same, or so alike at their beginnings that they are forms of one: "charge" and "charged", not "chance". */
function areForms(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return (
    short === long || (short.length >= 4 && long.startsWith(short.slice(0, Math.max(4, short.length - 1))))
  );
}

/** Words as they are written one after the other: without a space where their script has none. */
function joinWords(words: readonly string[]): string {
  return words.reduce((joined, word) => joined + (unspaced.test(joined) ? '' : ' ') + word);
}

/**
 * Names of groups: their best three keywords; a group without any is called by its number. Where two would be called the
 * same, the later one gets a number.
 */
export function nameGroups(keywords: readonly (readonly Keyword[])[]): string[] {
  const taken = new Set<string>();
  return keywords.map((words, group) => {
    const terms = words.slice(0, 3).map(({ term }) => term);
    const name = terms.length > 0 ? terms.join(' · ') : `cluster ${group + 1}`;
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
    taken.add(free);
    return free;
  });
}
