/**
 * Seeded uniform numbers in [0, 1) with 32 random bits each: xoshiro128** (Blackman & Vigna 2021, "Scrambled linear
 * pseudorandom number generators"), its state filled by a 32-bit splitmix sequence. The seed counts as an unsigned
 * 32-bit integer. Integers only, so the sequence is the same in every engine.
 */
export function seededRandom(seed: number): () => number {
  let filler = seed >>> 0;
  const nextFill = (): number => {
    filler = (filler + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(filler ^ (filler >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  let a = nextFill();
  let b = nextFill();
  let c = nextFill();
  let d = nextFill();
  return () => {
    const scaled = Math.imul(b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 0x1_0000_0000;
  };
}

/** Seeded standard normal numbers: Marsaglia's polar method (1964) over `seededRandom`. */
export function seededGaussian(seed: number): () => number {
  const next = seededRandom(seed);
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * next() - 1;
      const y = 2 * next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    }
  };
}

/** Brings the values into random order, in place (Fisher–Yates). */
export function shuffle(values: Uint32Array, random: () => number): void {
  for (let end = values.length - 1; end > 0; end--) {
    const other = Math.floor(random() * (end + 1));
    const value = values[end]!;
    values[end] = values[other]!;
    values[other] = value;
  }
}
