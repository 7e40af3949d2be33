import type { NeighbourCount } from '@/core/comparison/moving-groups';
import { countOf } from '@/core/count-of';

/** What is known of a group of rows that move together. */
interface MovingGroupFacts {
  readonly rows: readonly number[];
  readonly joined: readonly NeighbourCount[];
  readonly left: readonly NeighbourCount[];
  /** Words that tell the three sets of rows from all others, best first; may be empty. */
  readonly keywords: {
    readonly rows: readonly string[];
    readonly joined: readonly string[];
    readonly left: readonly string[];
  };
  /** Mean of neighbours kept, of k. */
  readonly meanShared: number;
  readonly k: number;
}

interface Names {
  readonly a: string;
  readonly b: string;
  /** A row's label, empty for none; null without a label column. */
  labelOf: ((row: number) => string) | null;
  textOf(row: number): string;
}

/** A label is named when so much of the rows has it. */
const namingShare = 0.3;
const mostLabels = 2;
const mostWords = 3;
const longestQuote = 60;

/** What the rows are, and where they lie in either run: why they are a group, in whole sentences with counts. */
export function describeMovingGroup(
  facts: MovingGroupFacts,
  names: Names,
): { title: string; reason: string } {
  const { rows, joined, left, keywords, meanShared, k } = facts;
  const once = rows.map((row) => ({ row, count: 1 }));
  const title = [countOf(rows.length, 'row'), ...nameRows(once, keywords.rows, names)].join(' · ');
  const whereTo = joined.length === 0 ? null : placeOf(joined, keywords.joined, names);
  const whereFrom = left.length === 0 ? null : placeOf(left, keywords.left, names);
  const kept = `Of ${k} neighbours they keep ${meanShared.toFixed(1)}.`;
  if (whereTo !== null && whereFrom !== null)
    return {
      title,
      reason: `In ${names.a} they lie with ${whereFrom}, in ${names.b} with ${whereTo}. ${kept}`,
    };
  if (whereTo !== null)
    return {
      title,
      reason: `${names.b} puts them with ${whereTo}, which ${names.a} keeps apart from them. ${kept}`,
    };
  return {
    title,
    reason: `${names.b} keeps them apart from ${whereFrom}, with which they lie in ${names.a}. ${kept}`,
  };
}

/** The most frequent labels, each with its count, then the words. */
function nameRows(counts: readonly NeighbourCount[], words: readonly string[], { labelOf }: Names): string[] {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const weights = new Map<string, { weight: number; rows: number }>();
  if (labelOf !== null) {
    for (const { row, count } of counts) {
      const label = labelOf(row);
      if (label === '') continue;
      const known = weights.get(label) ?? { weight: 0, rows: 0 };
      weights.set(label, { weight: known.weight + count, rows: known.rows + 1 });
    }
  }
  const labels = [...weights]
    .filter(([, { weight }]) => weight >= namingShare * total)
    .sort(([, one], [, other]) => other.weight - one.weight)
    .slice(0, mostLabels)
    .map(([label, { rows }]) => `${rows} of ${counts.length} “${label}”`);
  return [...labels, ...(words.length === 0 ? [] : [words.slice(0, mostWords).join(', ')])];
}

/** The rows by label and words, or where these say nothing by the text of the one that most of the group are near to. */
function placeOf(counts: readonly NeighbourCount[], words: readonly string[], names: Names): string {
  const named = nameRows(counts, words, names);
  if (named.length === 0) {
    const text = names.textOf(counts[0]!.row);
    named.push(
      `such as “${text.length > longestQuote ? `${text.slice(0, longestQuote).trimEnd()}…` : text}”`,
    );
  }
  return `${countOf(counts.length, 'row')} (${named.join('; ')})`;
}
