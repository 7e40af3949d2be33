import type { JobArgs, MatrixId, SharedLists } from '@/compute/contract';
import { shareOut } from '@/compute/share-out';
import { allocateSharedSearch } from '@/compute/shared-search';
import type { WorkerLine } from '@/compute/worker-line';
import {
  measureRecall,
  type NeighbourRecall,
  recallSample,
  refinement,
} from '@/core/similarity/approximate-search';
import type { ScannedCandidates } from '@/core/similarity/candidate-scan';
import { putLists } from '@/core/similarity/neighbour-lists';
import type { NeighbourBlock } from '@/core/similarity/neighbours';
import type { RefinableLists } from '@/core/similarity/refine-neighbours';
import type { Partitioning } from '@/core/similarity/scan-partitions';
import type { WorkProgress } from '@/core/work';

interface SearchRequest {
  readonly matrix: MatrixId;
  readonly members: Uint32Array;
  readonly k: number;
  /** How an approximate search goes; null for an exact one. */
  readonly partitioning: Partitioning | null;
  /** Whether the lists are to lie in shared memory, which workers are given without a copy. */
  readonly shareLists: boolean;
}

/** What a search of all members found, as `NeighbourBlock`. */
export interface FoundNeighbours {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  /** How good an approximate search was; null where all pairs were compared. */
  readonly recall: NeighbourRecall | null;
}

/** At least so many rows are ranked by one call, and no more calls made than workers: each copies the rows that it needs, and near ones share these. */
const leastRanked = 1024;
const rowsFoundAnew = 256;
const rowsMeasured = 25;

/** Shares of the progress that the steps are given. Finding rows anew usually has next to nothing to do. */
const exactShares = { scan: 0.85, rank: 0.1, anew: 0.05 };
const approximateShares = { scan: 0.55, rank: 0.1, refine: 0.3, measure: 0.05 };

/**
 * Neighbours of all members among themselves by all workers of a pool, each of which can read the matrix. No step's result
 * depends on which worker does what. An exact search scans all pairs for candidates, ranks these, and compares rows that they do not
 * settle with all others. An approximate one scans the pairs within bands of several partitions, ranks, follows neighbours'
 * neighbours, and compares some rows with all others to say how good it was. Progress counts rows. When a worker fails or the
 * signal aborts, all stop.
 */
export async function searchNeighbours(
  pool: readonly WorkerLine[],
  request: SearchRequest,
  options: { signal?: AbortSignal; onProgress?: (progress: WorkProgress) => void },
): Promise<FoundNeighbours> {
  if (request.members.length * request.k === 0)
    return { ids: new Int32Array(), similarities: new Float32Array(), recall: null };
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const search = new Search(pool, request, signal, options.onProgress);
  try {
    return request.partitioning === null ? await search.findExact() : await search.findNear();
  } catch (error) {
    failed.abort();
    throw error;
  }
}

class Search {
  readonly #pool: readonly WorkerLine[];
  readonly #request: SearchRequest;
  readonly #signal: AbortSignal;
  readonly #onProgress: ((progress: WorkProgress) => void) | undefined;
  readonly #total: number;
  readonly #weights: Readonly<Record<string, number>>;
  readonly #shares: Record<string, number> = {};
  #lists: SharedLists;

  constructor(
    pool: readonly WorkerLine[],
    request: SearchRequest,
    signal: AbortSignal,
    onProgress: ((progress: WorkProgress) => void) | undefined,
  ) {
    this.#pool = pool;
    this.#request = request;
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.#total = request.members.length;
    this.#weights = request.partitioning === null ? exactShares : approximateShares;
    this.#lists = this.#allocate();
  }

  /** Empty lists of all members; in shared memory the workers write into them. */
  #allocate(): SharedLists {
    const bytes = this.#total * this.#request.k * 4;
    const allocate = () => (this.#request.shareLists ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
    return { ids: new Int32Array(allocate()), similarities: new Float32Array(allocate()) };
  }

  async findExact(): Promise<FoundNeighbours> {
    const unsettled = await this.#rank(await this.#scan());
    let found = 0;
    await this.#compareWithAll(unsettled, rowsFoundAnew, (at, block, own) => {
      this.#put(block, unsettled[at]!, own);
      this.#report('anew', ++found / unsettled.length);
    });
    this.#report('anew', 1);
    return { ...this.#lists, recall: null };
  }

  async findNear(): Promise<FoundNeighbours> {
    const { k } = this.#request;
    await this.#rank(await this.#scan());
    await this.#refine();
    const sample = recallSample(this.#total);
    const exact = new Float32Array(sample.length * k);
    let measured = 0;
    await this.#compareWithAll(sample, rowsMeasured, (at, { similarities }, own) => {
      exact.set(similarities.subarray(own * k, (own + 1) * k), at * k);
      this.#report('measure', ++measured / sample.length);
    });
    const recall = measureRecall(this.#lists, { similarities: exact }, sample, k);
    return { ...this.#lists, recall };
  }

  #report(step: string, share: number): void {
    this.#shares[step] = Math.max(this.#shares[step] ?? 0, Math.min(1, share));
    let reached = 0;
    for (const [name, weight] of Object.entries(this.#weights)) reached += (this.#shares[name] ?? 0) * weight;
    // Weights that add up to one add up to a little less or more.
    const done = Math.min(this.#total, Math.floor(this.#total * reached + 1e-6));
    this.#onProgress?.({ done, total: this.#total });
  }

  #put({ ids, similarities }: NeighbourBlock, position: number, at: number): void {
    const { k } = this.#request;
    const own = {
      ids: ids.subarray(at * k, (at + 1) * k),
      similarities: similarities.subarray(at * k, (at + 1) * k),
    };
    putBlock(own, this.#lists, position * k);
  }

  async #scan(): Promise<ScannedCandidates[]> {
    // Cuts of partitions are compared in full, without bounds.
    const bounded = this.#request.partitioning === null ? this.#total : 0;
    const shared = this.#pool.length > 1 ? allocateSharedSearch(bounded) : null;
    const unitsDone = this.#pool.map(() => 0);
    const lists = await Promise.all(
      this.#pool.map((line, worker) =>
        line.call(
          'scanNeighbours',
          { ...this.#request, shared },
          {
            signal: this.#signal,
            onProgress: ({ done, total }) => {
              unitsDone[worker] = done;
              this.#report('scan', unitsDone.reduce((sum, count) => sum + count, 0) / total);
            },
          },
        ),
      ),
    );
    this.#report('scan', 1);
    return lists.filter((list) => list !== null);
  }

  /** Ranks candidates; returns the positions that they do not settle, ascending. */
  async #rank(scanned: readonly ScannedCandidates[]): Promise<Uint32Array> {
    const { matrix, members, k } = this.#request;
    const unsettled: number[] = [];
    const into = this.#request.shareLists ? this.#lists : null;
    const follow = this.#countRows('rank');
    const chunk = Math.max(leastRanked, Math.ceil(this.#total / this.#pool.length));
    const order = scanned[0]?.order ?? Uint32Array.from({ length: this.#total }, (_, position) => position);
    const lists = scanned.map(({ order: _, ...list }) => list);
    // Lists of one worker alone are not shared, and then it ranks all rows.
    const transfer = lists
      .flatMap(({ positions, scores }) => [positions.buffer, scores.buffer])
      .filter((buffer) => buffer instanceof ArrayBuffer);
    await shareOut(this.#pool, this.#total, chunk, async (line, from, to) => {
      const wanted = order.slice(from, to);
      const args: JobArgs<'rankNeighbours'> = { matrix, members, k, wanted, lists, into };
      const ranked = await line.call('rankNeighbours', args, {
        signal: this.#signal,
        transfer,
        onProgress: ({ done }) => follow(from, done),
      });
      if (ranked.block !== null) putLists(ranked.block, wanted, k, this.#lists);
      for (const position of ranked.unsettled) unsettled.push(position);
      follow(from, to - from);
    });
    return Uint32Array.from(unsettled).sort();
  }

  /** Rounds of following neighbours' neighbours, each by all workers, until little is new. */
  async #refine(): Promise<void> {
    const { matrix, members, k } = this.#request;
    const chunk = Math.ceil(this.#total / this.#pool.length);
    let fresh = new Uint8Array(this.#total * k).fill(1);
    for (let round = 0; round < refinement.rounds; round++) {
      const lists: RefinableLists = { ...this.#lists, fresh };
      const next = this.#allocate();
      const nextFresh = new Uint8Array(fresh.length);
      const into = this.#request.shareLists ? next : null;
      const follow = this.#countRows('refine', round / refinement.rounds, 1 / refinement.rounds);
      await shareOut(this.#pool, this.#total, chunk, async (line, from, to) => {
        const args = { matrix, members, k, from, to, lists, into };
        const onProgress = ({ done }: WorkProgress) => follow(from, done);
        const part = await line.call('refineNeighbours', args, { signal: this.#signal, onProgress });
        if (part.block !== null) putBlock(part.block, next, from * k);
        nextFresh.set(part.fresh, from * k);
      });
      this.#lists = next;
      fresh = nextFresh;
      let freshCount = 0;
      for (let at = 0; at < fresh.length; at++) freshCount += fresh[at]!;
      if (freshCount <= fresh.length * refinement.settledShare) break;
    }
    this.#report('refine', 1);
  }

  async #compareWithAll(
    positions: Uint32Array,
    chunk: number,
    take: (at: number, block: NeighbourBlock, own: number) => void,
  ): Promise<void> {
    const { matrix, members, k } = this.#request;
    await shareOut(this.#pool, positions.length, chunk, async (line, from, to) => {
      const args = { matrix, members, k, positions: positions.slice(from, to) };
      const block = await line.call('findNeighbours', args, { signal: this.#signal });
      for (let at = from; at < to; at++) take(at, block, at - from);
    });
  }

  /** Adds up what the parts of a step, told apart by their first rows, have done. */
  #countRows(step: string, start = 0, share = 1): (from: number, done: number) => void {
    const doneFrom = new Map<number, number>();
    return (from, done) => {
      doneFrom.set(from, done);
      let sum = 0;
      for (const count of doneFrom.values()) sum += count;
      this.#report(step, start + (share * sum) / this.#total);
    };
  }
}

function putBlock({ ids, similarities }: NeighbourBlock, lists: SharedLists, at: number): void {
  lists.ids.set(ids, at);
  lists.similarities.set(similarities, at);
}
