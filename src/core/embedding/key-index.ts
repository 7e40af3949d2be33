import type { Work } from '@/core/work';
import { keyWords } from './text-keys';

const keysPerStep = 16_384;

/** Finds the places of a key among packed keys. Keys are parts of hashes, so their first word spreads evenly. */
export class KeyIndex {
  readonly #keys: Uint32Array;
  readonly #mask: number;
  /** First place of the key in each slot, −1 where it is free. */
  readonly #heads: Int32Array;
  /** Next place with the same key, −1 after the last. */
  readonly #next: Int32Array;
  /** 1 for a place that is not the first one of its key. */
  readonly #isRepeated: Uint8Array;

  /** @param keys packed keys, four words each; kept, not copied. */
  static of(keys: Uint32Array): KeyIndex {
    const index = new KeyIndex(keys);
    index.#add(0, keys.length / keyWords);
    return index;
  }

  /** The same in pieces. Progress counts keys. */
  static *build(keys: Uint32Array): Work<KeyIndex> {
    const index = new KeyIndex(keys);
    const total = keys.length / keyWords;
    for (let end = total; end > 0; end -= keysPerStep) {
      index.#add(Math.max(0, end - keysPerStep), end);
      yield { done: total - Math.max(0, end - keysPerStep), total };
    }
    return index;
  }

  private constructor(keys: Uint32Array) {
    const count = keys.length / keyWords;
    let slots = 8;
    while (slots < 2 * count) slots *= 2;
    this.#keys = keys;
    this.#mask = slots - 1;
    this.#heads = new Int32Array(slots).fill(-1);
    this.#next = new Int32Array(count).fill(-1);
    this.#isRepeated = new Uint8Array(count);
  }

  /** Adds the places from the last to the first: of equal keys the first is found first. */
  #add(from: number, end: number): void {
    for (let place = end - 1; place >= from; place--) {
      const slot = this.#slotOf(this.#keys, place);
      const later = this.#heads[slot]!;
      this.#next[place] = later;
      if (later >= 0) this.#isRepeated[later] = 1;
      this.#heads[slot] = place;
    }
  }

  /** The first place of the key at `place` of other packed keys, or −1. */
  first(others: Uint32Array, place: number): number {
    return this.#heads[this.#slotOf(others, place)]!;
  }

  /** Whether no earlier place of the indexed keys has the key of this one. */
  isFirst(place: number): boolean {
    return this.#isRepeated[place] === 0;
  }

  /** The next place with the same key as this place of the indexed keys, or −1. */
  after(place: number): number {
    return this.#next[place]!;
  }

  #slotOf(others: Uint32Array, place: number): number {
    const at = place * keyWords;
    let slot = others[at]! & this.#mask;
    for (;;) {
      const head = this.#heads[slot]!;
      if (head < 0 || isSameKey(this.#keys, head * keyWords, others, at)) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

function isSameKey(a: Uint32Array, fromA: number, b: Uint32Array, fromB: number): boolean {
  for (let word = 0; word < keyWords; word++) if (a[fromA + word] !== b[fromB + word]) return false;
  return true;
}
