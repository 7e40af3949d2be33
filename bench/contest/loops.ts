/** What anyone writes first: every pair of the first `height` rows with all, one number after the other, in float64. */
export function plainLoop(rows: Float32Array, n: number, d: number, height: number, out: Float32Array): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += rows[i * d + k]! * rows[j * d + k]!;
      out[i * n + j] = sum;
    }
  }
}

const block = 64;

/** The same in blocks that stay in the cache, four sums at once. */
export function blockedLoop(
  rows: Float32Array,
  n: number,
  d: number,
  height: number,
  out: Float32Array,
): void {
  for (let i0 = 0; i0 < height; i0 += block) {
    for (let j0 = 0; j0 < n; j0 += block) {
      const [iEnd, jEnd] = [Math.min(height, i0 + block), Math.min(n, j0 + block)];
      for (let i = i0; i < iEnd; i++) {
        const a = i * d;
        for (let j = j0; j < jEnd; j++) {
          const b = j * d;
          let s0 = 0;
          let s1 = 0;
          let s2 = 0;
          let s3 = 0;
          let k = 0;
          for (; k + 4 <= d; k += 4) {
            s0 += rows[a + k]! * rows[b + k]!;
            s1 += rows[a + k + 1]! * rows[b + k + 1]!;
            s2 += rows[a + k + 2]! * rows[b + k + 2]!;
            s3 += rows[a + k + 3]! * rows[b + k + 3]!;
          }
          for (; k < d; k++) s0 += rows[a + k]! * rows[b + k]!;
          out[i * n + j] = s0 + s1 + (s2 + s3);
        }
      }
    }
  }
}
