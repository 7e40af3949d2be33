import { ComputeError } from '@/compute/compute-error';
import type { SharedLists } from '@/compute/contract';
import { driveWork, type LaneHandlers } from '@/compute/job';
import { createComparisonJobs } from '@/compute/jobs/comparison-jobs';
import { createHeatJobs } from '@/compute/jobs/heat-jobs';
import { type HeldMatrix, MatrixShelf } from '@/compute/jobs/matrix-shelf';
import { describeRefusal } from '@/compute/jobs/stored';
import { similarityCsv } from '@/compute/jobs/write-similarity-csv';
import { viewSharedSearch } from '@/compute/shared-search';
import { centralRows } from '@/core/clustering/central-rows';
import { measureCohesion } from '@/core/clustering/cohesion';
import { normRange } from '@/core/comparison/norm-range';
import { KeyIndex } from '@/core/embedding/key-index';
import type { VectorBatch } from '@/core/embedding/run';
import { keysAt, keyWords } from '@/core/embedding/text-keys';
import { npyHeader } from '@/core/export/npy-header';
import { measureMaps } from '@/core/projection/map-quality';
import { placeOnPlane } from '@/core/projection/place-on-plane';
import { candidatesKept, scanCandidates } from '@/core/similarity/candidate-scan';
import { cosineOf } from '@/core/similarity/cosine';
import { cosinesToRow } from '@/core/similarity/cosines-to-row';
import { expandNeighbours } from '@/core/similarity/expand-neighbours';
import { smallerGram } from '@/core/similarity/gram';
import { nearestToVector } from '@/core/similarity/nearest-to-vector';
import { putLists } from '@/core/similarity/neighbour-lists';
import { type NeighbourBlock, nearestNeighbours } from '@/core/similarity/neighbours';
import { pairMoments } from '@/core/similarity/pair-moments';
import { principalPlane } from '@/core/similarity/principal-plane';
import { gramWork, mostGramWork, randomisedPlane } from '@/core/similarity/randomised-plane';
import { rankCandidates } from '@/core/similarity/rank-candidates';
import { refineNeighbours } from '@/core/similarity/refine-neighbours';
import { sampleCosines } from '@/core/similarity/sample-cosines';
import { scanPartitions } from '@/core/similarity/scan-partitions';
import { findTwins } from '@/core/similarity/twins';
import type { Kernels } from '@/kernels/kernels';
import { indexedDbVectorStore } from '@/storage/vector-store';

const planeSeed = 1;
const rowsPerBreath = 1000;

/** A copy in shared memory: lists of neighbours go to many jobs. */
function shareCopy({ buffer, byteOffset, byteLength }: ArrayBufferView): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer, byteOffset, byteLength));
  return shared;
}

/** Puts a block of lists where the shared lists have it, and returns null, or gives it away. */
function handOver(
  { ids, similarities }: NeighbourBlock,
  into: SharedLists | null,
  at: number,
  give: (...buffers: ArrayBuffer[]) => void,
): NeighbourBlock | null {
  if (into === null) {
    give(ids.buffer, similarities.buffer);
    return { ids, similarities };
  }
  into.ids.set(ids, at);
  into.similarities.set(similarities, at);
  return null;
}

/** A search that shares nothing. */
const alone = () => ({ taken: new Uint32Array(1), bars: null, sketches: null });

export function createMatrixJobs(kernelsReady: Promise<Kernels>): LaneHandlers<'matrix'> {
  const shelf = new MatrixShelf();

  const putRows = (held: HeldMatrix, kernels: Kernels, { rows, values, width }: VectorBatch) => {
    rows.forEach((row, i) => {
      const target = held.rows.values.subarray(row * width, (row + 1) * width);
      kernels.normaliseRows(values.subarray(i * width), 1, width, target, held.norms.subarray(row));
    });
    held.pyramids.clear();
    held.centring = null;
  };

  return {
    ...createHeatJobs(shelf, kernelsReady),
    ...createComparisonJobs(shelf, kernelsReady),

    openMatrix: ({ shared, source, ...shape }) => {
      shelf.open(shape, shared, source);
      return null;
    },

    closeMatrix: ({ matrix }) => {
      shelf.close(matrix);
      return null;
    },

    receiveBatch: async ({ matrix, batch }) => {
      const held = await shelf.complete(matrix);
      putRows(held, await kernelsReady, batch);
      const { space, keys } = shelf.sourceOf(held);
      try {
        await indexedDbVectorStore.append(space, { ...batch, keys: keysAt(keys, batch.rows) });
        return { kept: true, refusal: null };
      } catch (error) {
        return { kept: false, refusal: describeRefusal(error) };
      }
    },

    restoreMatrix: async ({ matrix }, context) => {
      const held = shelf.find(matrix);
      const { space, keys } = shelf.sourceOf(held);
      const { dims: width } = held.rows;
      const present = Uint8Array.from(held.norms, (norm) => (norm > 0 ? 1 : 0));
      const fill = async () => {
        const kernels = await kernelsReady;
        const index = KeyIndex.of(keys);
        const rowsWithout = (known: Uint32Array) => {
          const rows: { row: number; place: number }[] = [];
          for (let place = 0; place < known.length / keyWords; place++)
            for (let row = index.first(known, place); row >= 0; row = index.after(row))
              if (present[row] === 0) rows.push({ row, place });
          return rows;
        };
        let done = present.reduce((sum, flag) => sum + flag, 0);
        const isWanted = (known: Uint32Array) => rowsWithout(known).length > 0;
        for await (const chunk of indexedDbVectorStore.read(space.id, width, isWanted)) {
          const places = rowsWithout(chunk.keys);
          const values = new Float32Array(places.length * width);
          places.forEach(({ place }, i) => {
            values.set(chunk.values.subarray(place * width, (place + 1) * width), i * width);
          });
          putRows(held, kernels, { rows: Uint32Array.from(places, ({ row }) => row), width, values });
          for (const { row } of places) present[row] = 1;
          done += places.length;
          context.report({ done, total: held.rowCount });
        }
      };
      const filled = fill();
      held.ready = filled.catch(() => {});
      await filled;
      context.transfer(present.buffer);
      return { present };
    },

    scanNeighbours: async ({ matrix, members, k, partitioning, shared }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { openCandidateScan: open, tileProduct: product } = await kernelsReady;
      const keep = candidatesKept(k, members.length);
      const { taken, bars, sketches } = shared === null ? alone() : viewSharedSearch(shared);
      const takeNext = () => Atomics.add(taken, 0, 1);
      const search = { rows, members, keep, open };
      const lists = await driveWork(
        partitioning === null
          ? scanCandidates({ ...search, product, bars, sharedSketches: sketches, takeTile: takeNext })
          : scanPartitions({ ...search, partitioning, takeCut: takeNext }),
        context,
      );
      if (lists === null) return null;
      const pass = (entries: Int32Array) => {
        if (shared !== null) return new Int32Array(shareCopy(entries));
        if (entries.buffer instanceof ArrayBuffer) context.transfer(entries.buffer);
        return entries;
      };
      return { ...lists, positions: pass(lists.positions), scores: pass(lists.scores) };
    },

    rankNeighbours: async ({ matrix, into, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { openRowProducts } = await kernelsReady;
      const ranked = await driveWork(rankCandidates({ rows, openRowProducts, ...request }), context);
      const { ids, similarities, unsettled } = ranked;
      context.transfer(unsettled.buffer);
      if (into !== null) {
        putLists(ranked, request.wanted, request.k, into);
        return { block: null, unsettled };
      }
      context.transfer(ids.buffer, similarities.buffer);
      return { block: { ids, similarities }, unsettled };
    },

    refineNeighbours: async ({ matrix, into, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { openRowProducts } = await kernelsReady;
      const refined = await driveWork(refineNeighbours({ rows, openRowProducts, ...request }), context);
      context.transfer(refined.fresh.buffer);
      const block = handOver(refined, into, request.from * request.k, context.transfer);
      return { block, fresh: refined.fresh };
    },

    expandNeighbours: async (request, context) => {
      const { ids, similarities } = await driveWork(expandNeighbours(request), context);
      if (globalThis.crossOriginIsolated)
        return {
          ids: new Int32Array(shareCopy(ids)),
          similarities: new Float32Array(shareCopy(similarities)),
        };
      context.transfer(ids.buffer, similarities.buffer);
      return { ids, similarities };
    },

    findNeighbours: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product, openRowProducts } = await kernelsReady;
      return driveWork(nearestNeighbours({ rows, product, openRowProducts, ...request }), context);
    },

    nearestToVector: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      return driveWork(nearestToVector({ rows, ...request }), context);
    },

    placeOnPlane: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      return driveWork(placeOnPlane({ rows, ...request }), context);
    },

    findTwins: async ({ matrix, members }, context) => {
      const { rows } = await shelf.complete(matrix);
      return driveWork(findTwins({ rows, members }), context);
    },

    measureMaps: async ({ matrix, members, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      const nextCosines = sampleCosines({ rows, members, sample: request.sample, product });
      return driveWork(measureMaps({ count: members.length, nextCosines, ...request }), context);
    },

    measureSpread: async ({ matrix, members }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      if (gramWork(members.length, rows.dims) > mostGramWork) {
        const found = await driveWork(randomisedPlane({ rows, members, seed: planeSeed, product }), context);
        const { mean, sd, coordinates, explained } = found;
        return { mean, sd, plane: coordinates, explained, isRandomised: true };
      }
      const gram = await driveWork(smallerGram({ rows, members, product }), context);
      const plane = await driveWork(principalPlane({ rows, members, gram }), context);
      const { mean, sd } = pairMoments(gram);
      return { mean, sd, plane: plane.coordinates, explained: plane.explained, isRandomised: false };
    },

    measureCohesion: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      const cohesion = await driveWork(measureCohesion({ rows, product, ...request }), context);
      context.transfer(cohesion.ofMember.buffer, cohesion.ofShuffled.buffer);
      return cohesion;
    },

    findCentralRows: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      return driveWork(centralRows({ rows, ...request }), context);
    },

    measureNorms: async ({ matrix, members }) => {
      const { norms } = await shelf.complete(matrix);
      return normRange(norms, members);
    },

    comparePairs: async ({ matrix, rows: pairs }) => {
      const { rows } = await shelf.complete(matrix);
      return Float64Array.from({ length: pairs.length / 2 }, (_, i) =>
        cosineOf(rows, pairs[2 * i]!, pairs[2 * i + 1]!),
      );
    },

    cosinesToRow: async ({ matrix, members, row }, context) => {
      const { rows, rowCount } = await shelf.complete(matrix);
      const cosines = await driveWork(cosinesToRow({ rows, rowCount, members, row }), context);
      context.transfer(cosines.buffer);
      return cosines;
    },

    exportVectors: async ({ matrix }, context) => {
      const held = await shelf.complete(matrix);
      const { space, keys } = shelf.sourceOf(held);
      const { dims: width } = held.rows;
      const values = new Float32Array(held.rowCount * width);
      // What storage has is written over it, to the bit.
      for (let row = 0; row < held.rowCount; row++) {
        const norm = held.norms[row]! > 0 ? held.norms[row]! : Number.NaN;
        for (let at = row * width; at < (row + 1) * width; at++) values[at] = held.rows.values[at]! * norm;
        if (row % rowsPerBreath === 0) await context.breathe();
      }
      const index = KeyIndex.of(keys);
      const read = async () => {
        for await (const chunk of indexedDbVectorStore.read(space.id, width, () => true)) {
          await context.breathe();
          for (let place = 0; place < chunk.keys.length / keyWords; place++) {
            const vector = chunk.values.subarray(place * width, (place + 1) * width);
            for (let row = index.first(chunk.keys, place); row >= 0; row = index.after(row))
              if (held.norms[row]! > 0) values.set(vector, row * width);
          }
        }
      };
      await read().catch((error: unknown) => {
        if (error instanceof ComputeError) throw error;
        // Without storage all that there is lies in memory.
      });
      return new Blob([npyHeader({ rows: held.rowCount, dims: width }), values]);
    },

    exportSimilarities: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      return new Blob(await driveWork(similarityCsv({ rows, product, ...request }), context));
    },
  };
}
