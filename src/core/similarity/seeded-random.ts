/** Pseudo-random numbers that are the same for the same seed in every engine. Not for secrets. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A 32-bit unsigned integer: a counter with a golden-ratio step, mixed by the "lowbias32" function (Wellons 2018). */
  nextUint32(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let x = this.#state;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
    return (x ^ (x >>> 16)) >>> 0;
  }

  /** Uniform in [0, 1). */
  nextFraction(): number {
    return this.nextUint32() / 2 ** 32;
  }

  /** Brings the values into random order, in place (Fisher–Yates). */
  shuffle(values: Uint32Array): void {
    for (let end = values.length - 1; end > 0; end--) {
      const other = Math.floor(this.nextFraction() * (end + 1));
      const value = values[end]!;
      values[end] = values[other]!;
      values[other] = value;
    }
  }
}
