import { countOf } from '@/core/count-of';

/** What is said of the overlap of two runs; see NeighbourOverlap and CommonRows for the numbers. */
interface Overlap {
  readonly k: number;
  readonly perRow: ArrayLike<number>;
  readonly mean: number | null;
  readonly chance: number | null;
  readonly notes: readonly string[];
  readonly rows: ArrayLike<number>;
  readonly withoutVector: number;
  readonly duplicateTexts: number;
}

/** Fewer rows share neighbours by chance so often that their overlap says little. */
const fewestTellingRows = 30;

/** The answer as a sentence, then its yardstick: what chance would give, over which rows, and what to know. */
export function describeOverlap(
  nameA: string,
  nameB: string,
  overlap: Overlap,
): { headline: string; yardstick: string } {
  const { k, mean, chance, notes, withoutVector, duplicateTexts } = overlap;
  const rowCount = overlap.rows.length;
  const repeated = duplicateTexts === 1 ? 'repeated text' : 'repeated texts';
  const rows = `Over ${countOf(rowCount, 'row')}: ${format(withoutVector)} without a vector in both, ${format(duplicateTexts)} ${repeated} left out.`;
  if (mean === null || chance === null) {
    return {
      headline: `${nameA} and ${nameB} cannot be compared.`,
      yardstick: [...notes, rows].join(' '),
    };
  }
  const answer = `${nameA} and ${nameB} share ${shareOf(mean, k)} nearest ${k === 1 ? 'neighbour' : 'neighbours'}.`;
  const isTelling = rowCount >= fewestTellingRows;
  return {
    headline: isTelling
      ? answer
      : `${countOf(rowCount, 'row')} are too few to tell how far ${nameA} and ${nameB} agree.`,
    yardstick: [
      ...(isTelling ? [] : [answer]),
      `That is ${percentOf(mean)}. By chance it would be ${shareOf(chance, k)} (${percentOf(chance)}).`,
      rows,
      ...notes,
    ].join(' '),
  };
}

/** What stands beside the heading of the list: how many rows share little. Little is 3 of 10, or the same share of k. */
export function describeDisagreement({ k, perRow }: Pick<Overlap, 'k' | 'perRow'>): string {
  const few = Math.floor(0.3 * k);
  const count = Array.from(perRow).filter((share) => Math.round(share * k) <= few).length;
  return `${countOf(count, 'row')} ${count === 1 ? 'shares' : 'share'} ${few === 0 ? 'none' : `${few} or fewer`}`;
}

/** A share of k as people count it: "4.6 of 10", "10 of 10" only where it is exactly that. */
function shareOf(share: number, k: number): string {
  return `${oneDecimal(share * k, k)} of ${k}`;
}

function percentOf(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return 'less than 1 %';
  if (share < 1 && rounded === 100) return 'more than 99 %';
  return `${rounded} %`;
}

/** Rounded, but a number inside the range never looks like one of its ends. */
function oneDecimal(value: number, most: number): string {
  if (value === 0 || value === most) return String(value);
  if (value < 0.05) return 'less than 0.1';
  return Math.min(Number(value.toFixed(1)), most - 0.1).toFixed(1);
}

function format(count: number): string {
  return count.toLocaleString('en');
}
