import type { UmapProblem } from '@/core/projection/umap-kernels';

/** Copies the first `neighbours − 1` entries of each list to lists of that length. */
export function packLists(problem: UmapProblem, ids: Int32Array, similarities: Float32Array): void {
  const { count, k, neighbours } = problem;
  const width = neighbours - 1;
  for (let row = 0; row < count; row++) {
    ids.set(problem.ids.subarray(row * k, row * k + width), row * width);
    similarities.set(problem.similarities.subarray(row * k, row * k + width), row * width);
  }
}
