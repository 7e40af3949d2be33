import { exp, log } from './umap-numbers';

const POINTS: i32 = 300;

/** Residuals of 1/(1 + a x^2b) against the wanted closeness, and the normal equations of their least squares. */
let squares: f64 = 0;
let aa: f64 = 0;
let ab: f64 = 0;
let bb: f64 = 0;
let ar: f64 = 0;
let br: f64 = 0;

function measure(a: f64, b: f64, minDist: f64): void {
  squares = aa = ab = bb = ar = br = 0;
  for (let i: i32 = 0; i < POINTS; i++) {
    const x = (<f64>i * 3) / <f64>(POINTS - 1);
    const wanted = x < minDist ? 1 : exp(minDist - x);
    const logX = x > 0 ? log(x) : 0;
    const power = x > 0 ? exp(2 * b * logX) : 0;
    const closeness = 1 / (1 + a * power);
    const rest = wanted - closeness;
    const byA = -closeness * closeness * power;
    const byB = byA * a * 2 * logX;
    squares += rest * rest;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ar += byA * rest;
    br += byB * rest;
  }
}

/** Writes a and b (two f64) of the curve fitted by Levenberg and Marquardt's method. */
export function fitCurve(minDist: f64, out: usize): void {
  let a: f64 = 1;
  let b: f64 = 1;
  let damping: f64 = 1e-3;
  measure(a, b, minDist);
  for (let round: i32 = 0; round < 200 && damping < 1e12; round++) {
    const before = squares;
    const p = aa * (1 + damping);
    const q = bb * (1 + damping);
    const determinant = p * q - ab * ab;
    const nextA = a + (ar * q - br * ab) / determinant;
    const nextB = b + (p * br - ab * ar) / determinant;
    const p0 = aa;
    const m0 = ab;
    const q0 = bb;
    const r0 = ar;
    const s0 = br;
    if (nextA > 0 && nextB > 0 && nextB < 8) measure(nextA, nextB, minDist);
    else squares = Infinity;
    if (squares < before) {
      a = nextA;
      b = nextB;
      damping /= 5;
    } else {
      squares = before;
      aa = p0;
      ab = m0;
      bb = q0;
      ar = r0;
      br = s0;
      damping *= 5;
    }
  }
  store<f64>(out, a);
  store<f64>(out, b, 8);
}
