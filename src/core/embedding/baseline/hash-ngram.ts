/** Shortest and longest n-gram, in code points. */
export const ngramSizes = { shortest: 3, longest: 5 } as const;

/** Start of every hash; another seed gives an independent hashing of the same n-grams. */
export const hashSeed = 0x6d757275;

/** Takes one code point into a running 32-bit hash: multiply, rotate, multiply. */
export function extendHash(hash: number, codePoint: number): number {
  const mixed = Math.imul(hash ^ Math.imul(codePoint, 0xcc9e2d51), 0x1b873593);
  return Math.imul((mixed << 13) | (mixed >>> 19), 0x9e3779b1);
}

/**
 * Ends a running hash: multiply and xorshift, so that every input bit reaches every output bit (constants of the
 * MurmurHash3 finaliser, A. Appleby 2011). Returns an unsigned 32-bit integer.
 */
export function finishHash(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
