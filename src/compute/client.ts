import { ComputeError } from '@/compute/compute-error';
import {
  type JobArgs,
  type JobName,
  type JobResult,
  type JobsOf,
  jobLanes,
  type Lane,
  type MatrixId,
  type MatrixShape,
  type MatrixSource,
  type SharedMatrix,
} from '@/compute/contract';
import { allowedMemory, countSearchers, foreseeMemory, refuseForMemory } from '@/compute/foresee-memory';
import { type FoundNeighbours, searchNeighbours } from '@/compute/neighbour-search';
import { type CallOptions, WorkerLine } from '@/compute/worker-line';
import type { VectorBatch } from '@/core/embedding/run';
import { choosePartitioning, mostExactWork } from '@/core/similarity/approximate-search';
import type { WorkProgress } from '@/core/work';

type SimpleLane = Exclude<Lane, 'matrix'>;

export interface ComputeOptions {
  /** Workers that hold matrices; 1 where buffers cannot be shared. Default: cores − 1, from 1 to 15. */
  poolSize?: number;
  /** Whether matrices are shared between workers. Default: whether the page is cross-origin isolated. */
  shareMatrices?: boolean;
  /** Most bytes that matrices and work on them may take. Default: a quarter of the device's memory. */
  memoryBytes?: number;
  /** Most multiplications (n² · d) of an exact neighbour search; larger ones are approximate. */
  exactWork?: number;
}

interface OpenMatrix extends MatrixShape {
  source: MatrixSource;
  shared: SharedMatrix | null;
  references: number;
  /** 1 where the row has a vector, and how many have. Grows as batches arrive. */
  present: Uint8Array<ArrayBuffer>;
  presentCount: number;
  ready: Promise<void>;
}

const startWorker: Record<Lane, () => Worker> = {
  table: () => new Worker(new URL('./workers/table.worker.ts', import.meta.url), { type: 'module' }),
  rows: () => new Worker(new URL('./workers/rows.worker.ts', import.meta.url), { type: 'module' }),
  baseline: () => new Worker(new URL('./workers/baseline.worker.ts', import.meta.url), { type: 'module' }),
  storage: () => new Worker(new URL('./workers/storage.worker.ts', import.meta.url), { type: 'module' }),
  matrix: () => new Worker(new URL('./workers/matrix.worker.ts', import.meta.url), { type: 'module' }),
  clusters: () => new Worker(new URL('./workers/clusters.worker.ts', import.meta.url), { type: 'module' }),
  projection: () =>
    new Worker(new URL('./workers/projection.worker.ts', import.meta.url), { type: 'module' }),
};

/** A page has 1 TiB of addresses for the memories of WebAssembly in Chromium, and each takes 10 GiB of it; a worker has up to four. */
const mostWorkers = 15;

/**
 * The only door to the workers, and the owner of the embedding matrices: it creates them, counts who uses them, gives
 * them back to a replaced worker, and frees them.
 */
export class ComputeClient {
  readonly #simple: Record<SimpleLane, WorkerLine>;
  readonly #pool: WorkerLine[];
  readonly #matrices = new Map<MatrixId, OpenMatrix>();
  readonly #shareMatrices: boolean;
  readonly #memoryBytes: number;
  readonly #exactWork: number;

  constructor(options: ComputeOptions = {}) {
    this.#shareMatrices = options.shareMatrices ?? globalThis.crossOriginIsolated === true;
    this.#memoryBytes = options.memoryBytes ?? allowedMemory();
    this.#exactWork = options.exactWork ?? mostExactWork;
    const cores = navigator.hardwareConcurrency || 2;
    const wanted = options.poolSize ?? Math.min(mostWorkers, Math.max(1, cores - 1));
    this.#simple = {
      table: new WorkerLine(startWorker.table),
      rows: new WorkerLine(startWorker.rows),
      baseline: new WorkerLine(startWorker.baseline),
      storage: new WorkerLine(startWorker.storage),
      clusters: new WorkerLine(startWorker.clusters),
      projection: new WorkerLine(startWorker.projection),
    };
    this.#pool = Array.from(
      { length: this.#shareMatrices ? wanted : 1 },
      () => new WorkerLine(startWorker.matrix, (line) => this.#giveMatricesBack(line)),
    );
  }

  get poolSize(): number {
    return this.#pool.length;
  }

  /** Calls a job; jobs on matrices go to the pool's first worker. */
  call<J extends JobName>(job: J, args: JobArgs<J>, options?: CallOptions<J>): Promise<JobResult<J>> {
    return this.#lineOf(jobLanes[job]).call(job, args, options);
  }

  /** Calls a job that only reads matrices, or needs none, on the least busy worker of the pool. */
  callFree<J extends JobsOf<'matrix'>>(
    job: J,
    args: JobArgs<J>,
    options?: CallOptions<J>,
  ): Promise<JobResult<J>> {
    const free = this.#pool.reduce((best, line) => (line.pendingCount < best.pendingCount ? line : best));
    return free.call(job, args, options);
  }

  /**
   * Makes a matrix, or takes another reference to it if it is there. A new one is empty; `restore` fills it from its source.
   * Every call is paired with one of releaseMatrix. Throws ComputeError when there is no memory for it: what it needs is
   * foreseen, and nothing made that would not fit.
   */
  async openMatrix(shape: MatrixShape, source: MatrixSource, restore: boolean): Promise<void> {
    const known = this.#matrices.get(shape.matrix);
    if (known !== undefined) {
      known.references += 1;
      return known.ready;
    }
    const need = foreseeMemory(shape, this.#pool.length);
    const refusal = refuseForMemory(shape, need, this.#heldBytes(), this.#memoryBytes);
    if (refusal !== null) throw new ComputeError('failed', refusal);
    const shared = this.#shareMatrices ? allocateShared(shape) : null;
    const matrix: OpenMatrix = {
      ...shape,
      source,
      shared,
      references: 1,
      present: new Uint8Array(shape.rowCount),
      presentCount: 0,
      ready: Promise.resolve(),
    };
    this.#matrices.set(shape.matrix, matrix);
    matrix.ready = this.#openEverywhere(matrix, restore);
    try {
      await matrix.ready;
    } catch (error) {
      this.#matrices.delete(shape.matrix);
      throw error;
    }
  }

  releaseMatrix(id: MatrixId): void {
    const matrix = this.#matrices.get(id);
    if (matrix === undefined) return;
    matrix.references -= 1;
    if (matrix.references > 0) return;
    this.#matrices.delete(id);
    for (const line of this.#pool) line.call('closeMatrix', { matrix: id }).catch(() => {});
  }

  holdsMatrix(id: MatrixId): boolean {
    return this.#matrices.has(id);
  }

  /** Rows of a matrix that have a vector, ascending. The caller owns the array. */
  membersOf(id: MatrixId): Uint32Array<ArrayBuffer> {
    const { present, presentCount } = this.#find(id);
    const members = new Uint32Array(presentCount);
    let next = 0;
    for (let row = 0; row < present.length; row++) if (present[row] === 1) members[next++] = row;
    return members;
  }

  /** How many rows of a matrix have a vector. */
  countMembers(id: MatrixId): number {
    return this.#find(id).presentCount;
  }

  /** Fills the rows of a matrix that are still empty with what storage has meanwhile. */
  async refillMatrix(id: MatrixId): Promise<void> {
    const matrix = this.#find(id);
    await matrix.ready;
    await this.#restore(matrix);
  }

  /**
   * Stores a batch and puts it into its matrix, once more where its worker was lost on the way. `kept` is false, with the
   * browser's reason, when storage refused it.
   */
  async receiveBatch(id: MatrixId, batch: VectorBatch): Promise<{ kept: boolean; refusal: string | null }> {
    const matrix = this.#find(id);
    const receive = () => this.call('receiveBatch', { matrix: id, batch });
    const outcome = await receive().catch(async (error: unknown) => {
      if (!isLost(error)) throw error;
      await matrix.ready;
      return receive();
    });
    for (const row of batch.rows) {
      if (matrix.present[row] === 0) matrix.presentCount++;
      matrix.present[row] = 1;
    }
    return outcome;
  }

  /**
   * Neighbours of all members among themselves, the work shared out over the pool: exact, or above 50,000 × 1,024 near to it, with
   * the recall measured. The result does not depend on the number of workers; those that memory has no room for leave it to the others. Progress counts rows. When a worker is lost on the way, the search starts once more with its replacement.
   */
  async findNeighbours(
    request: { matrix: MatrixId; members: Uint32Array; k: number },
    options: { signal?: AbortSignal; onProgress?: (progress: WorkProgress) => void } = {},
  ): Promise<FoundNeighbours> {
    const held = this.#find(request.matrix);
    const partitioning = choosePartitioning(request.members.length, held.width, this.#exactWork);
    const shareLists = this.#shareMatrices;
    const searchers = countSearchers(held, this.#heldBytes(), this.#memoryBytes, this.#pool.length);
    const pool = this.#pool.slice(0, searchers);
    const search = () => searchNeighbours(pool, { ...request, partitioning, shareLists }, options);
    try {
      return await search();
    } catch (error) {
      const matrix = this.#matrices.get(request.matrix);
      if (!isLost(error) || matrix === undefined) throw error;
      await matrix.ready;
      if (!request.members.every((row) => matrix.present[row] === 1)) throw error;
      return await search();
    }
  }

  /** Ends all workers; whatever is under way is rejected. */
  dispose(): void {
    for (const line of [...Object.values(this.#simple), ...this.#pool])
      line.stop('disposed', 'The page is closing its workers.');
    this.#matrices.clear();
  }

  #heldBytes(): number {
    let bytes = 0;
    for (const held of this.#matrices.values()) bytes += foreseeMemory(held, 0).vectors;
    return bytes;
  }

  #find(id: MatrixId): OpenMatrix {
    const matrix = this.#matrices.get(id);
    if (matrix === undefined) throw new ComputeError('no-matrix', 'The vectors of this run are not loaded.');
    return matrix;
  }

  #lineOf(lane: Lane): WorkerLine {
    return lane === 'matrix' ? this.#pool[0]! : this.#simple[lane];
  }

  async #openEverywhere(matrix: OpenMatrix, restore: boolean): Promise<void> {
    await Promise.all(this.#pool.map((line) => this.#openIn(line, matrix)));
    if (restore) await this.#restore(matrix);
  }

  #openIn(line: WorkerLine, { matrix, rowCount, width, shared, source }: OpenMatrix): Promise<null> {
    const isKeeper = line === this.#pool[0];
    return line.call('openMatrix', { matrix, rowCount, width, shared, source: isKeeper ? source : null });
  }

  async #restore(matrix: OpenMatrix): Promise<void> {
    const { present } = await this.#pool[0]!.call('restoreMatrix', { matrix: matrix.matrix });
    for (let row = 0; row < present.length; row++) if (present[row] === 1) matrix.present[row] = 1;
    matrix.presentCount = countOnes(matrix.present);
  }

  #giveMatricesBack(line: WorkerLine): void {
    for (const matrix of this.#matrices.values()) {
      const reopened = this.#openIn(line, matrix);
      matrix.ready = reopened.then(async () => {
        if (matrix.shared !== null) return;
        // Rows that storage refused are lost with the worker, and no longer counted as present.
        const { present } = await line.call('restoreMatrix', { matrix: matrix.matrix });
        matrix.present.set(present);
        matrix.presentCount = countOnes(matrix.present);
      });
      matrix.ready.catch(() => {});
    }
  }
}

function countOnes(flags: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < flags.length; i++) count += flags[i]!;
  return count;
}

function isLost(error: unknown): boolean {
  return error instanceof ComputeError && ['crashed', 'not-loaded', 'restarted'].includes(error.code);
}

function allocateShared({ rowCount, width }: MatrixShape): SharedMatrix {
  try {
    return {
      values: new SharedArrayBuffer(rowCount * width * 4),
      norms: new SharedArrayBuffer(rowCount * 4),
    };
  } catch {
    const mebibytes = Math.ceil((rowCount * width * 4) / 2 ** 20).toLocaleString('en');
    throw new ComputeError('failed', `There is not enough memory for ${mebibytes} MiB of vectors.`);
  }
}
