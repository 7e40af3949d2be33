import { ComputeError } from '@/compute/compute-error';
import type { MatrixId, MatrixShape, MatrixSource, SharedMatrix } from '@/compute/contract';
import type { BlockPyramid } from '@/core/similarity/block-pyramid';
import type { Centring } from '@/core/similarity/centring';
import type { UnitRows } from '@/core/similarity/unit-rows';

/** A matrix as one worker sees it. */
export interface HeldMatrix {
  readonly rows: UnitRows;
  readonly rowCount: number;
  /** Where its vectors are kept; null in workers that only read them. */
  readonly source: MatrixSource | null;
  /** Length of each vector as it came; 0 where there is none. */
  readonly norms: Float32Array;
  /** Block means of the latest orders, by key; forgotten when a row changes. */
  readonly pyramids: Map<string, Promise<BlockPyramid>>;
  /** What centres all rows; forgotten when a row changes. */
  centring: Promise<Centring> | null;
  /** Settles once a restore under way has filled it. */
  ready: Promise<void>;
}

/** The matrices of this worker: views on shared buffers, or the buffers themselves where the page is not isolated. */
export class MatrixShelf {
  readonly #held = new Map<MatrixId, HeldMatrix>();

  open(
    { matrix, rowCount, width }: MatrixShape,
    shared: SharedMatrix | null,
    source: MatrixSource | null,
  ): void {
    let values: Float32Array;
    try {
      values = shared === null ? new Float32Array(rowCount * width) : new Float32Array(shared.values);
    } catch {
      const mebibytes = Math.ceil((rowCount * width * 4) / 2 ** 20).toLocaleString('en');
      throw new ComputeError('failed', `There is not enough memory for ${mebibytes} MiB of vectors.`);
    }
    this.#held.set(matrix, {
      rows: { values, dims: width },
      rowCount,
      source,
      norms: shared === null ? new Float32Array(rowCount) : new Float32Array(shared.norms),
      pyramids: new Map(),
      centring: null,
      ready: Promise.resolve(),
    });
  }

  /** Throws `no-matrix` when it is not here. */
  find(matrix: MatrixId): HeldMatrix {
    const held = this.#held.get(matrix);
    if (held === undefined) throw new ComputeError('no-matrix', 'The vectors of this run are not loaded.');
    return held;
  }

  /** Where its vectors are kept. Throws `failed` in a worker that was not told. */
  sourceOf({ source }: HeldMatrix): MatrixSource {
    if (source === null) throw new ComputeError('failed', 'This worker does not keep vectors.');
    return source;
  }

  /** The matrix once it is complete. */
  async complete(matrix: MatrixId): Promise<HeldMatrix> {
    const held = this.find(matrix);
    await held.ready;
    return held;
  }

  close(matrix: MatrixId): void {
    this.#held.delete(matrix);
  }
}
