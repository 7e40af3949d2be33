import type { MatrixId } from '@/compute/contract';
import type { WorkerLine } from '@/compute/worker-line';
import type { CandidateLists } from '@/core/similarity/candidate-scan';
import type { NeighbourBlock } from '@/core/similarity/neighbours';
import type { WorkProgress } from '@/core/work';

interface SearchRequest {
  readonly matrix: MatrixId;
  readonly members: Uint32Array;
  readonly k: number;
}

/** At least so many rows are ranked by one call, and no more calls made than workers: each copies the rows that it needs. */
const leastRanked = 1024;
const rowsFoundAnew = 256;

/** Shares of the progress that the steps are given. The last one usually has next to nothing to do. */
const stepShares = { scan: 0.85, rank: 0.1, anew: 0.05 };

/**
 * Exact neighbours of all members among themselves by all workers of a pool, each of which can read the matrix. Three steps: all
 * pairs are scanned for candidates, these are ranked, and rows that they do not settle are compared with all others. No step's
 * result depends on which worker does what. Progress counts rows. When a worker fails or the signal aborts, all stop.
 */
export async function searchNeighbours(
  pool: readonly WorkerLine[],
  request: SearchRequest,
  options: { signal?: AbortSignal; onProgress?: (progress: WorkProgress) => void },
): Promise<NeighbourBlock> {
  const { members, k } = request;
  const total = members.length;
  const ids = new Int32Array(total * k);
  const similarities = new Float32Array(total * k);
  if (ids.length === 0) return { ids, similarities };
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const shares = { scan: 0, rank: 0, anew: 0 };
  const report = (step: keyof typeof shares, share: number) => {
    shares[step] = Math.max(shares[step], Math.min(1, share));
    let reached = 0;
    for (const name of ['scan', 'rank', 'anew'] as const) reached += shares[name] * stepShares[name];
    options.onProgress?.({ done: Math.floor(total * reached), total });
  };

  const scan = async () => {
    const taken = pool.length > 1 ? new SharedArrayBuffer(4) : null;
    const tilesDone = pool.map(() => 0);
    return Promise.all(
      pool.map((line, worker) =>
        line.call(
          'scanNeighbours',
          { ...request, taken },
          {
            signal,
            onProgress: ({ done, total: tiles }) => {
              tilesDone[worker] = done;
              report('scan', tilesDone.reduce((sum, count) => sum + count, 0) / tiles);
            },
          },
        ),
      ),
    );
  };

  const rank = async (lists: readonly CandidateLists[]) => {
    const unsettled: number[] = [];
    const ranked = new Map<number, number>();
    const chunk = Math.max(leastRanked, Math.ceil(total / pool.length));
    await shareOut(pool, total, chunk, async (line, from, to) => {
      const parts = lists.map((list) => sliceLists(list, from, to));
      const transfer = parts.flatMap(({ positions, scores }) => [positions.buffer, scores.buffer]);
      const onProgress = ({ done }: WorkProgress) => {
        ranked.set(from, done);
        report('rank', [...ranked.values()].reduce((sum, count) => sum + count, 0) / total);
      };
      const block = await line.call(
        'rankNeighbours',
        { ...request, from, to, lists: parts },
        { signal, transfer, onProgress },
      );
      ids.set(block.ids, from * k);
      similarities.set(block.similarities, from * k);
      for (const position of block.unsettled) unsettled.push(position);
      onProgress({ done: to - from, total: to - from });
    });
    return Uint32Array.from(unsettled).sort();
  };

  const findAnew = async (unsettled: Uint32Array) => {
    let found = 0;
    await shareOut(pool, unsettled.length, rowsFoundAnew, async (line, from, to) => {
      const positions = unsettled.slice(from, to);
      const block = await line.call('findNeighbours', { ...request, positions }, { signal });
      positions.forEach((position, i) => {
        ids.set(block.ids.subarray(i * k, (i + 1) * k), position * k);
        similarities.set(block.similarities.subarray(i * k, (i + 1) * k), position * k);
      });
      found += to - from;
      report('anew', found / unsettled.length);
    });
  };

  try {
    const lists = await scan();
    report('scan', 1);
    await findAnew(await rank(lists));
    report('anew', 1);
  } catch (error) {
    failed.abort();
    throw error;
  }
  return { ids, similarities };
}

/** Gives each worker the next chunk of 0 … count − 1 until none is left or one fails. */
async function shareOut(
  pool: readonly WorkerLine[],
  count: number,
  chunk: number,
  work: (line: WorkerLine, from: number, to: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const takeChunks = async (line: WorkerLine) => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + chunk);
      await work(line, from, next);
    }
  };
  try {
    await Promise.all(pool.map(takeChunks));
  } catch (error) {
    next = count;
    throw error;
  }
}

function sliceLists(list: CandidateLists, from: number, to: number): CandidateLists {
  return {
    ...list,
    positions: list.positions.slice(from * list.keep, to * list.keep),
    scores: list.scores.slice(from * list.keep, to * list.keep),
  };
}
