import { highDoubles, lowDoubles } from './doubles';

@inline
function storeSum(at: usize, low: v128, high: v128): void {
  const both = f64x2.add(low, high);
  store<f64>(at, f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
}

/**
 * Sums of products of a row of `dims` floats (padded with zeros to a multiple of 4) with each of `rowCount` others, in float64:
 * four sums over every fourth k, added pairwise. `left` and the i32s at `others` count rows from `base`. `rowCount` is a
 * multiple of 4; the results are 8 bytes each.
 */
export function multiplyRows(base: usize, left: i32, others: usize, rowCount: i32, dims: i32, out: usize): void {
  const rowBytes = (<usize>dims) << 2;
  const start = base + (<usize>left) * rowBytes;
  const end = start + rowBytes;
  for (let row: i32 = 0; row < rowCount; row += 4) {
    let low0 = f64x2.splat(0);
    let high0 = f64x2.splat(0);
    let low1 = f64x2.splat(0);
    let high1 = f64x2.splat(0);
    let low2 = f64x2.splat(0);
    let high2 = f64x2.splat(0);
    let low3 = f64x2.splat(0);
    let high3 = f64x2.splat(0);
    const four = others + ((<usize>row) << 2);
    // Distances from the left row, which may be negative: additions wrap around.
    const to0 = base + (<usize>load<i32>(four)) * rowBytes - start;
    const to1 = base + (<usize>load<i32>(four, 4)) * rowBytes - start;
    const to2 = base + (<usize>load<i32>(four, 8)) * rowBytes - start;
    const to3 = base + (<usize>load<i32>(four, 12)) * rowBytes - start;
    for (let x = start; x < end; x += 16) {
      const left4 = v128.load(x);
      const xLow = lowDoubles(left4);
      const xHigh = highDoubles(left4);
      const y0 = v128.load(x + to0);
      low0 = f64x2.add(low0, f64x2.mul(xLow, lowDoubles(y0)));
      high0 = f64x2.add(high0, f64x2.mul(xHigh, highDoubles(y0)));
      const y1 = v128.load(x + to1);
      low1 = f64x2.add(low1, f64x2.mul(xLow, lowDoubles(y1)));
      high1 = f64x2.add(high1, f64x2.mul(xHigh, highDoubles(y1)));
      const y2 = v128.load(x + to2);
      low2 = f64x2.add(low2, f64x2.mul(xLow, lowDoubles(y2)));
      high2 = f64x2.add(high2, f64x2.mul(xHigh, highDoubles(y2)));
      const y3 = v128.load(x + to3);
      low3 = f64x2.add(low3, f64x2.mul(xLow, lowDoubles(y3)));
      high3 = f64x2.add(high3, f64x2.mul(xHigh, highDoubles(y3)));
    }
    const to = out + ((<usize>row) << 3);
    storeSum(to, low0, high0);
    storeSum(to + 8, low1, high1);
    storeSum(to + 16, low2, high2);
    storeSum(to + 24, low3, high3);
  }
}
