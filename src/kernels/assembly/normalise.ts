import { highDoubles, lowDoubles } from './doubles';

/**
 * Scales `rowCount` rows of `dims` floats (padded with zeros to a multiple of 4) to length 1 where they are, and writes their
 * lengths to `norms`. Squares are summed in float64, in four sums over every fourth k that are added pairwise. A row that is zero
 * or not finite becomes zeros.
 */
export function normaliseRows(rows: usize, rowCount: i32, dims: i32, norms: usize): void {
  const rowBytes = (<usize>dims) << 2;
  for (let row: i32 = 0; row < rowCount; row++) {
    const start = rows + (<usize>row) * rowBytes;
    const end = start + rowBytes;
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let at = start; at < end; at += 16) {
      const value = v128.load(at);
      const valueLow = lowDoubles(value);
      const valueHigh = highDoubles(value);
      low = f64x2.add(low, f64x2.mul(valueLow, valueLow));
      high = f64x2.add(high, f64x2.mul(valueHigh, valueHigh));
    }
    const both = f64x2.add(low, high);
    const squares = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
    const norm: f64 = isFinite<f64>(squares) ? sqrt<f64>(squares) : f64.NaN;
    store<f32>(norms + ((<usize>row) << 2), <f32>norm);
    if (!(norm > 0)) {
      memory.fill(start, 0, rowBytes);
      continue;
    }
    const divisor = f64x2.splat(norm);
    for (let at = start; at < end; at += 16) {
      const value = v128.load(at);
      const scaledLow = f32x4.demote_f64x2_zero(f64x2.div(lowDoubles(value), divisor));
      const scaledHigh = f32x4.demote_f64x2_zero(f64x2.div(highDoubles(value), divisor));
      v128.store(at, v128.shuffle<i32>(scaledLow, scaledHigh, 0, 1, 4, 5));
    }
  }
}
