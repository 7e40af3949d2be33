import { ComputeError } from '@/compute/compute-error';
import type { KeyedOrder } from '@/compute/contract';
import { driveWork, type JobContext, type LaneHandlers } from '@/compute/job';
import type { HeldMatrix, MatrixShelf } from '@/compute/jobs/matrix-shelf';
import { findBestCutoff } from '@/core/evaluation/best-cutoff';
import { maximumTile } from '@/core/similarity/block-maximum';
import { type BlockPyramid, buildPyramid, similarityTile } from '@/core/similarity/block-pyramid';
import { type Centring, centreRows } from '@/core/similarity/centring';
import { cosineOf } from '@/core/similarity/cosine';
import { groupMeans } from '@/core/similarity/group-means';
import { pairHistogram } from '@/core/similarity/pair-histogram';
import { findClosePairs, findDifferingPairs } from '@/core/similarity/pair-scan';
import { sampledMoments } from '@/core/similarity/sampled-moments';
import { seriate } from '@/core/similarity/seriation';
import type { Work } from '@/core/work';
import type { Kernels } from '@/kernels/kernels';

/** Orders whose block means are kept at once, each about a seventh of the vectors. */
const pyramidsKept = 4;

/** Cosines computed one by one between two looks at waiting messages. */
const pairsAYield = 4096;

type HeatJobs = Pick<
  LaneHandlers<'matrix'>,
  | 'countPairs'
  | 'sampleMoments'
  | 'drawTile'
  | 'seriate'
  | 'compareGroups'
  | 'findClosePairs'
  | 'findDifferingPairs'
  | 'findCutoff'
>;

/** What the picture of a similarity matrix needs: tiles of it, and how its pairs are distributed. */
export function createHeatJobs(shelf: MatrixShelf, kernelsReady: Promise<Kernels>): HeatJobs {
  return {
    countPairs: async ({ matrix, members, seed, centred }, context) => {
      const held = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      const centring = centred ? await untilAborted(centringOf(held, context), context.signal) : null;
      return driveWork(pairHistogram({ rows: held.rows, members, product, seed, centring }), context);
    },

    sampleMoments: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      return driveWork(sampledMoments({ rows, ...request }), context);
    },

    drawTile: async ({ matrix, lines, columns, centred, cells, ...place }, context) => {
      const held = await shelf.complete(matrix);
      const { pictureProduct: product } = await kernelsReady;
      const down = await untilAborted(pyramidOf(held, lines, centred, context), context.signal);
      const across =
        columns === null
          ? down
          : await untilAborted(pyramidOf(held, columns, centred, context), context.signal);
      const request = { rows: held.rows, lines: down, columns: across, product, ...place };
      const tile =
        cells === 'mean' ? similarityTile(request) : await driveWork(maximumTile(request), context);
      context.transfer(tile.buffer);
      return tile;
    },

    seriate: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      return driveWork(seriate({ rows, product, ...request }), context);
    },

    compareGroups: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      return driveWork(groupMeans({ rows, ...request }), context);
    },

    findClosePairs: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      return driveWork(findClosePairs({ rows, product, ...request }), context);
    },

    findDifferingPairs: async ({ matrix, scale, other, otherScale, ...request }, context) => {
      const a = { rows: (await shelf.complete(matrix)).rows, scale };
      const b = { rows: (await shelf.complete(other)).rows, scale: otherScale };
      const { tileProduct: product } = await kernelsReady;
      return driveWork(findDifferingPairs({ a, b, product, ...request }), context);
    },

    findCutoff: async ({ matrix, pairs, sharesRows }, context) => {
      const { rows, norms } = await shelf.complete(matrix);
      const kept = Array.from(pairs.same.keys()).filter(
        (pair) => norms[pairs.rows[2 * pair]!]! > 0 && norms[pairs.rows[2 * pair + 1]!]! > 0,
      );
      const a = Uint32Array.from(kept, (pair) => pairs.rows[2 * pair]!);
      const b = Uint32Array.from(kept, (pair) => pairs.rows[2 * pair + 1]!);
      const cosines = new Float64Array(kept.length);
      for (let i = 0; i < kept.length; i++) {
        cosines[i] = cosineOf(rows, a[i]!, b[i]!);
        if (i % pairsAYield === 0) await context.breathe();
      }
      const same = Uint8Array.from(kept, (pair) => pairs.same[pair]!);
      const work = findBestCutoff({ cosines, same, rows: sharesRows ? { a, b } : null });
      return { best: await driveWork(work, context), pairCount: kept.length };
    },
  };
}

/** Drives work that several calls share, so it goes on when the one that asked first is aborted. */
function driveShared<Result>(work: Work<Result>, { breathe }: Pick<JobContext<'drawTile'>, 'breathe'>) {
  return driveWork(work, { report: () => {}, breathe: () => breathe().catch(() => {}) });
}

function centringOf(held: HeldMatrix, context: Pick<JobContext<'drawTile'>, 'breathe'>): Promise<Centring> {
  if (held.centring === null) {
    const members = Uint32Array.from(held.norms.keys()).filter((row) => held.norms[row]! > 0);
    const made = driveShared(centreRows({ rows: held.rows, members }), context);
    held.centring = made;
    made.catch(() => {
      held.centring = null;
    });
  }
  return held.centring;
}

async function pyramidOf(
  held: HeldMatrix,
  { key, rows: order }: KeyedOrder,
  centred: boolean,
  context: Pick<JobContext<'drawTile'>, 'breathe'>,
): Promise<BlockPyramid> {
  const name = centred ? `centred ${key}` : key;
  let building = held.pyramids.get(name);
  if (building === undefined) {
    const centring = centred ? centringOf(held, context) : null;
    building = Promise.resolve(centring).then((ready) =>
      driveShared(buildPyramid({ rows: held.rows, order, centring: ready }), context),
    );
    held.pyramids.set(name, building);
    building.catch(() => held.pyramids.delete(name));
    for (const older of held.pyramids.keys()) {
      if (held.pyramids.size <= pyramidsKept) break;
      held.pyramids.delete(older);
    }
  }
  return building;
}

/** What others still wait for goes on; whoever was aborted stops waiting. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new ComputeError('aborted', 'The work was cancelled.'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
