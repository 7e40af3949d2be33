import type { OpenRowProducts } from '@/core/similarity/row-products';

/** The row products in plain TypeScript: equal to the SIMD kernel bit by bit. */
export const openPlainRowProducts: OpenRowProducts = ({ values, dims }) => ({
  multiply(row, others, count, out) {
    const left = row * dims;
    for (let i = 0; i < count; i++) {
      const right = others[i]! * dims;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let k = 0;
      for (; k + 4 <= dims; k += 4) {
        s0 += values[left + k]! * values[right + k]!;
        s1 += values[left + k + 1]! * values[right + k + 1]!;
        s2 += values[left + k + 2]! * values[right + k + 2]!;
        s3 += values[left + k + 3]! * values[right + k + 3]!;
      }
      if (k < dims) s0 += values[left + k]! * values[right + k]!;
      if (k + 1 < dims) s1 += values[left + k + 1]! * values[right + k + 1]!;
      if (k + 2 < dims) s2 += values[left + k + 2]! * values[right + k + 2]!;
      out[i] = s0 + s2 + (s1 + s3);
    }
  },
  close() {},
});
