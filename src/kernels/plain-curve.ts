import type { ClosenessCurve } from '@/core/projection/umap-kernels';
import { plainExp, plainLog } from './plain-numbers';

const points = 300;

/** Normal equations of the least squares of the curve's residuals. */
interface Fit {
  squares: number;
  aa: number;
  ab: number;
  bb: number;
  ar: number;
  br: number;
}

/** The curve by Levenberg and Marquardt's method; as in assembly/umap-curve.ts, equal bit by bit. */
export function fitPlainCurve(minDist: number): ClosenessCurve {
  let a = 1;
  let b = 1;
  let damping = 1e-3;
  let fit = measure(a, b, minDist);
  for (let round = 0; round < 200 && damping < 1e12; round++) {
    const p = fit.aa * (1 + damping);
    const q = fit.bb * (1 + damping);
    const determinant = p * q - fit.ab * fit.ab;
    const nextA = a + (fit.ar * q - fit.br * fit.ab) / determinant;
    const nextB = b + (p * fit.br - fit.ab * fit.ar) / determinant;
    const next = nextA > 0 && nextB > 0 && nextB < 8 ? measure(nextA, nextB, minDist) : null;
    if (next !== null && next.squares < fit.squares) {
      a = nextA;
      b = nextB;
      fit = next;
      damping /= 5;
    } else damping *= 5;
  }
  return { a, b };
}

function measure(a: number, b: number, minDist: number): Fit {
  const fit = { squares: 0, aa: 0, ab: 0, bb: 0, ar: 0, br: 0 };
  for (let i = 0; i < points; i++) {
    const x = (i * 3) / (points - 1);
    const wanted = x < minDist ? 1 : plainExp(minDist - x);
    const logX = x > 0 ? plainLog(x) : 0;
    const power = x > 0 ? plainExp(2 * b * logX) : 0;
    const closeness = 1 / (1 + a * power);
    const rest = wanted - closeness;
    const byA = -closeness * closeness * power;
    const byB = byA * a * 2 * logX;
    fit.squares += rest * rest;
    fit.aa += byA * byA;
    fit.ab += byA * byB;
    fit.bb += byB * byB;
    fit.ar += byA * rest;
    fit.br += byB * rest;
  }
  return fit;
}
