const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const round = 6755399441055744;
const least = -700;
const reciprocalFactorials = [
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  0.5,
  1,
  1,
];

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);
const firstPower = -1074;
/** 2^−1074 to 2^1023. */
const powersOfTwo = listPowers();

function listPowers(): Float64Array {
  const powers = new Float64Array(1023 - firstPower + 1);
  powers[-firstPower] = 1;
  for (let e = 1; e <= 1023; e++) powers[e - firstPower] = powers[e - 1 - firstPower]! * 2;
  for (let e = -1; e >= firstPower; e--) powers[e - firstPower] = powers[e + 1 - firstPower]! / 2;
  return powers;
}

/**
 * exp of a number up to 700 to 3e-13 in basic arithmetic, equal in every engine and to `exp` of assembly/umap-numbers.ts:
 * x = k ln 2 + r, a Taylor polynomial of r, times 2^k. Below −700 as for −700.
 */
export function plainExp(given: number): number {
  const x = given < least ? least : given;
  const k = x * Math.LOG2E + round - round;
  const r = x - k * ln2High - k * ln2Low;
  let sum = reciprocalFactorials[0]!;
  for (let i = 1; i < reciprocalFactorials.length; i++) sum = sum * r + reciprocalFactorials[i]!;
  return sum * powersOfTwo[k - firstPower]!;
}

/** Natural logarithm of a positive normal number, likewise: x = 2^e m with m in [√½, √2), atanh's series of (m − 1)/(m + 1). */
export function plainLog(x: number): number {
  float[0] = x;
  const e = Number((bits[0]! - 0x3fe6a09e667f3bcdn) >> 52n);
  const m = x / powersOfTwo[e - firstPower]!;
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let sum = 1 / 23;
  for (let odd = 21; odd >= 1; odd -= 2) sum = sum * s2 + 1 / odd;
  return 2 * s * sum + e * Math.LN2;
}
