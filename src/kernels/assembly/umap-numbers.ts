// exp and log of float64 in basic arithmetic only: the same bits in every engine, and in plain-numbers.ts.

const LOG2_E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** Adding it rounds to an integer, which then stands in the lowest bits of the sum. */
const ROUND: f64 = 6755399441055744;
/** exp of anything below is as good as 0 and would leave the normal numbers. */
const LEAST: f64 = -700;

/** First byte that the caller may use, 64-byte aligned. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}

@inline
function nextTerm(sum: v128, r: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(sum, r), f64x2.splat(coefficient));
}

/** exp of two numbers up to 700 to 3e-13: x = k ln 2 + r, a Taylor polynomial of r, k added to the exponent. Below −700 as for −700. */
@inline
export function expPair(given: v128): v128 {
  const x = f64x2.pmax(given, f64x2.splat(LEAST));
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUND));
  const k = f64x2.sub(shifted, f64x2.splat(ROUND));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let sum = f64x2.splat(1.0 / 3628800.0);
  sum = nextTerm(sum, r, 1.0 / 362880.0);
  sum = nextTerm(sum, r, 1.0 / 40320.0);
  sum = nextTerm(sum, r, 1.0 / 5040.0);
  sum = nextTerm(sum, r, 1.0 / 720.0);
  sum = nextTerm(sum, r, 1.0 / 120.0);
  sum = nextTerm(sum, r, 1.0 / 24.0);
  sum = nextTerm(sum, r, 1.0 / 6.0);
  sum = nextTerm(sum, r, 0.5);
  sum = nextTerm(sum, r, 1);
  sum = nextTerm(sum, r, 1);
  return i64x2.add(sum, i64x2.shl(shifted, 52));
}

export function exp(x: f64): f64 {
  return f64x2.extract_lane(expPair(f64x2.splat(x)), 0);
}

/** Natural logarithm of a positive normal number: x = 2^e m with m in [√½, √2), and atanh's series of (m − 1)/(m + 1). */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  const e = (bits - 0x3fe6a09e667f3bcd) >> 52;
  const m = reinterpret<f64>(bits - (e << 52));
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let sum: f64 = 1.0 / 23.0;
  for (let odd: f64 = 21; odd >= 1; odd -= 2) sum = sum * s2 + 1 / odd;
  return 2 * s * sum + <f64>e * 0.6931471805599453;
}
