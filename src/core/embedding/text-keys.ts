import { sha256 } from '@noble/hashes/sha2.js';
import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

/** Numbers of 32 bits in the key of a text. */
export const keyWords = 4;

const textsPerStep = 512;

/**
 * The key of every text: the first 16 bytes of SHA-256 over its UTF-16 units, packed, four 32-bit words a text. Units rather
 * than UTF-8, so that texts which differ only in lone surrogates have different keys. The caller owns the array. Progress
 * counts texts.
 */
export function* textKeys(texts: TextColumn): Work<Uint32Array<ArrayBuffer>> {
  const total = texts.ends.length;
  const keys = new Uint32Array(total * keyWords);
  for (let row = 0; row < total; row++) {
    keys.set(textKey(textAt(texts, row)), row * keyWords);
    if (row % textsPerStep === textsPerStep - 1) yield { done: row + 1, total };
  }
  return keys;
}

/** The keys at the given places of packed keys, packed in their order. The caller owns the array. */
export function keysAt(keys: Uint32Array, places: ArrayLike<number>): Uint32Array<ArrayBuffer> {
  const picked = new Uint32Array(places.length * keyWords);
  for (let i = 0; i < places.length; i++) {
    const from = places[i]! * keyWords;
    for (let word = 0; word < keyWords; word++) picked[i * keyWords + word] = keys[from + word]!;
  }
  return picked;
}

/** The key of one text, four words. The caller owns the array. */
export function textKey(text: string): Uint32Array<ArrayBuffer> {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  const digest = sha256(new Uint8Array(units.buffer));
  return new Uint32Array(digest.slice(0, 4 * keyWords).buffer);
}
