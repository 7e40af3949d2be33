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
