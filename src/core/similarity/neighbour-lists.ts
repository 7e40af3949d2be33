import type { NeighbourBlock } from './neighbours';

/** The k nearest of each of some rows while they are being found: sorted by cosine (float32, within ±1), equal ones by row. */
export class NeighbourLists {
  readonly #k: number;
  readonly #ids: Int32Array<ArrayBuffer>;
  readonly #similarities: Float32Array<ArrayBuffer>;

  constructor(count: number, k: number) {
    this.#k = k;
    this.#ids = new Int32Array(count * k).fill(-1);
    this.#similarities = new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY);
  }

  offer(list: number, cosine: number, id: number): void {
    const ids = this.#ids;
    const similarities = this.#similarities;
    const similarity = Math.fround(Math.max(-1, Math.min(1, cosine)));
    const first = list * this.#k;
    const last = first + this.#k - 1;
    if (last < first || !precedes(similarity, id, similarities[last]!, ids[last]!)) return;
    let at = last;
    while (at > first && precedes(similarity, id, similarities[at - 1]!, ids[at - 1]!)) {
      similarities[at] = similarities[at - 1]!;
      ids[at] = ids[at - 1]!;
      at--;
    }
    similarities[at] = similarity;
    ids[at] = id;
  }

  /** The k-th cosine of a row; −Infinity while there are fewer. */
  last(list: number): number {
    return this.#similarities[(list + 1) * this.#k - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** The lists, which belong to the caller; this is done with them. */
  finish(): NeighbourBlock {
    for (let at = 0; at < this.#ids.length; at++)
      if (this.#ids[at] === -1) this.#similarities[at] = Number.NaN;
    return { ids: this.#ids, similarities: this.#similarities };
  }
}

/** Puts lists of k that belong to the members at `positions` where `lists`, of all members, have theirs. */
export function putLists(
  found: NeighbourBlock,
  positions: Uint32Array,
  k: number,
  lists: { readonly ids: Int32Array; readonly similarities: Float32Array },
): void {
  for (let place = 0; place < positions.length; place++) {
    const to = positions[place]! * k;
    for (let i = 0; i < k; i++) {
      lists.ids[to + i] = found.ids[place * k + i]!;
      lists.similarities[to + i] = found.similarities[place * k + i]!;
    }
  }
}

function precedes(similarity: number, id: number, other: number, otherId: number): boolean {
  return similarity > other || (similarity === other && id < otherId);
}
