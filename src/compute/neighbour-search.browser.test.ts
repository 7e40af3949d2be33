import { afterEach, expect, test } from 'vitest';
import { seededGaussian } from '@/core/random';
import { ComputeClient, type ComputeOptions } from './client';
import { foreseeMemory } from './foresee-memory';

const rowCount = 2600;
const width = 40;
const next = seededGaussian(11);
const centres = Array.from({ length: 7 }, () => Float32Array.from({ length: width }, () => 2 * next()));
const values = new Float32Array(rowCount * width);
for (let row = 0; row < rowCount; row++)
  for (let i = 0; i < width; i++) values[row * width + i] = centres[row % 7]![i]! + next();

const started: Worker[] = [];
const OriginalWorker = globalThis.Worker;
const clients: ComputeClient[] = [];
let named = 0;

afterEach(() => {
  globalThis.Worker = OriginalWorker;
  for (const made of clients.splice(0)) made.dispose();
});

/** Makes the workers that are started from now on known to `started`. */
function recordWorkers(): void {
  started.length = 0;
  globalThis.Worker = class extends OriginalWorker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }
  };
}

/** A client with a matrix of all rows. */
async function open(options?: ComputeOptions) {
  const compute = new ComputeClient(options);
  clients.push(compute);
  const matrix = `test/neighbours of ${Date.now()}#${named++}`;
  const space = { id: `space of ${matrix}`, address: '', model: matrix, dimensions: null, datasetId: null };
  const keys = Uint32Array.from({ length: rowCount * 4 }, (_, i) => (i % 4 === 0 ? i / 4 : i % 4));
  await compute.openMatrix({ matrix, rowCount, width }, { space, keys }, false);
  const rows = Uint32Array.from({ length: rowCount }, (_, row) => row);
  await compute.receiveBatch(matrix, { rows, width, values: values.slice() });
  return { compute, request: { matrix, members: compute.membersOf(matrix), k: 15 } };
}

function cosines(row: number): Float64Array {
  const lengths = (at: number) => Math.hypot(...values.subarray(at * width, (at + 1) * width));
  return Float64Array.from({ length: rowCount }, (_, other) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += values[row * width + i]! * values[other * width + i]!;
    return sum / (lengths(row) * lengths(other));
  });
}

test('several workers, several tiles: the same bytes as from one worker without shared buffers, and exact', async () => {
  expect(crossOriginIsolated).toBe(true);
  const alone = await open({ poolSize: 1, shareMatrices: false });
  const expected = await alone.compute.findNeighbours(alone.request);
  for (const poolSize of [1, 2, 3]) {
    const { compute, request } = await open({ poolSize, shareMatrices: true });
    expect(await compute.findNeighbours(request)).toEqual(expected);
  }
  // As many of five as there is memory for.
  const { vectors, work } = foreseeMemory({ matrix: '', rowCount, width }, 1);
  const { compute, request } = await open({
    poolSize: 5,
    shareMatrices: true,
    memoryBytes: vectors + 3 * work,
  });
  expect(await compute.findNeighbours(request)).toEqual(expected);
  for (let row = 0; row < rowCount; row += 97) {
    const all = cosines(row);
    const sorted = all
      .filter((_, other) => other !== row)
      .sort()
      .reverse();
    for (let rank = 0; rank < 15; rank++) {
      const id = expected.ids[row * 15 + rank]!;
      expect(id).not.toBe(row);
      expect(Math.abs(all[id]! - sorted[rank]!)).toBeLessThan(1e-6);
      expect(Math.abs(expected.similarities[row * 15 + rank]! - all[id]!)).toBeLessThan(1e-6);
    }
  }
});

test('progress rises to all rows and never falls', async () => {
  const { compute, request } = await open({ poolSize: 2, shareMatrices: true });
  const seen: number[] = [];
  await compute.findNeighbours(request, {
    onProgress: ({ done, total }) => {
      expect(total).toBe(rowCount);
      seen.push(done);
    },
  });
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(rowCount);
});

test('an abort in the middle ends the search between tiles, and the workers answer the next one', async () => {
  const { compute, request } = await open({ poolSize: 2, shareMatrices: true });
  const abort = new AbortController();
  let last = 0;
  const search = compute.findNeighbours(request, {
    signal: abort.signal,
    onProgress: ({ done }) => {
      last = done;
      abort.abort();
    },
  });
  await expect(search).rejects.toMatchObject({ code: 'aborted' });
  expect(last).toBeLessThan(rowCount);
  const { ids } = await compute.findNeighbours(request);
  expect(ids).toHaveLength(rowCount * 15);
});

test.each([
  { poolSize: 2, shareMatrices: true },
  { poolSize: 1, shareMatrices: false },
])('a search outlives a worker that breaks: %o', async (options) => {
  recordWorkers();
  const { compute, request } = await open(options);
  const before = started.length;
  let breaks = 0;
  const result = await compute.findNeighbours(request, {
    onProgress: () => {
      // No worker expects such a message: what it does with it throws.
      if (breaks++ === 0) started.at(-1)!.postMessage(null);
    },
  });
  expect(breaks).toBeGreaterThan(0);
  expect(started.length).toBe(before + 1);
  expect(result).toEqual(await compute.findNeighbours(request));
});

test('a search whose workers break again and again says so', async () => {
  recordWorkers();
  const { compute, request } = await open({ poolSize: 1, shareMatrices: true });
  const search = compute.findNeighbours(request, { onProgress: () => started.at(-1)!.postMessage(null) });
  await expect(search).rejects.toMatchObject({ code: 'crashed' });
});

test('a matrix that does not fit is refused before anything is made, one that does is not', async () => {
  await expect(open({ memoryBytes: 2 ** 20 })).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringMatching(
      /^2,600 vectors of 40 numbers need [\d.]+ MiB of memory .* there are 1 MiB\.$/,
    ),
  });
  const { request } = await open({ memoryBytes: 2 ** 26 });
  expect(request.members).toHaveLength(rowCount);
});

test('a search too large to be exact gives the same bytes from any pool, and says truly how good it is', async () => {
  const options = { exactWork: 0 };
  const alone = await open({ ...options, poolSize: 1, shareMatrices: false });
  const seen: number[] = [];
  const expected = await alone.compute.findNeighbours(alone.request, {
    onProgress: ({ done }) => seen.push(done),
  });
  for (const poolSize of [2, 3]) {
    const { compute, request } = await open({ ...options, poolSize, shareMatrices: true });
    expect(await compute.findNeighbours(request)).toEqual(expected);
  }
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(rowCount);
  let right = 0;
  let rows = 0;
  for (let row = 0; row < rowCount; row += 13) {
    const all = cosines(row);
    const last = all
      .filter((_, other) => other !== row)
      .sort()
      .at(-15)!;
    rows++;
    for (let at = row * 15; at < (row + 1) * 15; at++) {
      expect(Math.abs(expected.similarities[at]! - all[expected.ids[at]!]!)).toBeLessThan(1e-6);
      if (expected.similarities[at]! >= last - 1e-6) right++;
    }
  }
  expect(expected.recall!.rows).toBe(200);
  expect(Math.abs(expected.recall!.value - right / (15 * rows))).toBeLessThan(0.03);
  expect(expected.recall!.value).toBeGreaterThan(0.9);
});
