import { afterEach, expect, test } from 'vitest';
import { parseTable } from '@/core/dataset/parse-table';
import { seededGaussian } from '@/core/random';
import { ComputeClient } from './client';
import type { MatrixSource } from './contract';

const clients: ComputeClient[] = [];
function client(options?: ConstructorParameters<typeof ComputeClient>[0]): ComputeClient {
  const made = new ComputeClient(options);
  clients.push(made);
  return made;
}
afterEach(() => {
  for (const made of clients.splice(0)) made.dispose();
});

const rowCount = 700;
const width = 48;
const next = seededGaussian(5);
const vectors = Array.from({ length: rowCount }, () =>
  Float32Array.from({ length: width }, () => 3 * next()),
);

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}

/** A space of its own for each matrix; row i has the key (i, 1, 2, 3). */
function sourceOf(matrix: string): MatrixSource {
  return {
    space: { id: `space of ${matrix}`, address: '', model: matrix, dimensions: null, datasetId: null },
    keys: Uint32Array.from({ length: rowCount * 4 }, (_, i) => (i % 4 === 0 ? i / 4 : i % 4)),
  };
}

async function fill(compute: ComputeClient, matrix: string, rows: readonly number[]): Promise<void> {
  await compute.openMatrix({ matrix, rowCount, width }, sourceOf(matrix), false);
  for (let start = 0; start < rows.length; start += 100) {
    const batch = rows.slice(start, start + 100);
    const values = new Float32Array(batch.length * width);
    batch.forEach((row, i) => {
      values.set(vectors[row]!, i * width);
    });
    const { kept } = await compute.receiveBatch(matrix, { rows: Uint32Array.from(batch), width, values });
    expect(kept).toBe(true);
  }
}

const allRows = Array.from({ length: rowCount }, (_, row) => row);
const withGaps = allRows.filter((row) => row % 7 !== 3);
let named = 0;
const newMatrix = () => `test/model#${Date.now()}-${named++}`;

test('neighbours found in workers are those of the vectors, rows without one left out', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, withGaps);
  const members = compute.membersOf(matrix);
  expect([...members]).toEqual(withGaps);
  const k = 10;
  const { ids, similarities } = await compute.findNeighbours({ matrix, members, k });
  for (let position = 0; position < members.length; position += 37) {
    const row = members[position]!;
    const expected = withGaps
      .filter((other) => other !== row)
      .map((other) => ({ other, similarity: cosine(vectors[row]!, vectors[other]!) }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, k);
    expected.forEach(({ similarity }, i) => {
      expect(similarities[position * k + i]).toBeCloseTo(similarity, 5);
      expect(cosine(vectors[row]!, vectors[ids[position * k + i]!]!)).toBeCloseTo(similarity, 5);
    });
  }
});

test('rows nearest to a vector that is no row are found among the members only', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, withGaps);
  const vector = vectors[0]!.map((value, i) => value + (i % 3));
  const members = compute.membersOf(matrix);
  const { ids, similarities } = await compute.call('nearestToVector', { matrix, members, vector, k: 10 });
  const expected = withGaps
    .map((row) => ({ row, similarity: cosine(vector, vectors[row]!) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, 10);
  expected.forEach(({ similarity }, i) => {
    expect(similarities[i]).toBeCloseTo(similarity, 5);
    expect(cosine(vector, vectors[ids[i]!]!)).toBeCloseTo(similarity, 5);
    expect(withGaps).toContain(ids[i]);
  });
  const short = compute.call('nearestToVector', { matrix, members, vector: vector.subarray(1), k: 10 });
  await expect(short).rejects.toMatchObject({ code: 'failed' });
});

test('the result does not depend on the size of the pool, nor on whether buffers are shared', async () => {
  const found = [];
  const ways = [
    { poolSize: 1, shareMatrices: false },
    ...(crossOriginIsolated
      ? [
          { poolSize: 1, shareMatrices: true },
          { poolSize: 3, shareMatrices: true },
        ]
      : []),
  ];
  expect(ways.length).toBe(3);
  for (const way of ways) {
    const compute = client(way);
    const matrix = newMatrix();
    await fill(compute, matrix, allRows);
    const { ids, similarities } = await compute.findNeighbours({
      matrix,
      members: compute.membersOf(matrix),
      k: 15,
    });
    found.push({ ids, similarities });
  }
  for (const other of found.slice(1)) expect(other).toEqual(found[0]);
});

test('what was stored comes back in another session, vectors to the bit as they came', async () => {
  const before = client();
  const matrix = newMatrix();
  await fill(before, matrix, withGaps);
  const written = await before.call('exportVectors', { matrix });
  before.dispose();

  const after = client();
  await after.openMatrix({ matrix, rowCount, width }, sourceOf(matrix), true);
  expect([...after.membersOf(matrix)]).toEqual(withGaps);
  const bytes = async (file: Blob) => new Uint8Array(await file.arrayBuffer());
  const read = await bytes(await after.call('exportVectors', { matrix }));
  expect(read).toEqual(await bytes(written));
  const numbers = new Float32Array(read.buffer, read.length - rowCount * width * 4);
  for (const row of [0, 3, 699]) {
    const expected = vectors[row]!;
    const isMissing = row % 7 === 3;
    for (let i = 0; i < width; i++) {
      const value = numbers[row * width + i]!;
      if (isMissing) expect(value).toBeNaN();
      else expect(value).toBe(expected[i]!);
    }
  }
  await after.call('removeSpace', { space: sourceOf(matrix).space.id });
  after.releaseMatrix(matrix);
  await after.openMatrix({ matrix, rowCount, width }, sourceOf(matrix), true);
  expect(after.membersOf(matrix)).toHaveLength(0);
});

test('another dataset finds the vectors of the texts it shares, and twins share one', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, withGaps);
  const { space } = sourceOf(matrix);
  // Rows: text 9, text 3 (never embedded), text 4, text 9 again.
  const keys = Uint32Array.from([9, 3, 4, 9].flatMap((text) => [text, 1, 2, 3]));
  expect(await compute.call('countKnown', { space: space.id, keys })).toEqual([{ width, count: 3 }]);
  const other = newMatrix();
  await compute.openMatrix({ matrix: other, rowCount: 4, width }, { space, keys }, true);
  expect([...compute.membersOf(other)]).toEqual([0, 2, 3]);
  const [near, twin] = await compute.call('comparePairs', {
    matrix: other,
    rows: Uint32Array.of(0, 2, 0, 3),
  });
  expect(near).toBeCloseTo(cosine(vectors[9]!, vectors[4]!), 6);
  expect(twin).toBeCloseTo(1, 6);

  await compute.receiveBatch(matrix, { rows: Uint32Array.of(3), width, values: vectors[3]!.slice() });
  await compute.refillMatrix(other);
  expect([...compute.membersOf(other)]).toEqual([0, 1, 2, 3]);
});

test('a worker that dies while it merges chunks loses nothing', async () => {
  const before = client();
  const matrix = newMatrix();
  await fill(before, matrix, allRows);
  const { space } = sourceOf(matrix);
  for (const delayMs of [0, 2, 5, 10]) {
    const merging = client();
    const merged = merging.call('compactSpace', { space: space.id }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    merging.dispose();
    await merged;
    const after = client();
    await after.openMatrix({ matrix, rowCount, width }, sourceOf(matrix), true);
    expect(after.membersOf(matrix)).toHaveLength(rowCount);
  }
  await before.call('compactSpace', { space: space.id });
  const kept = (await before.call('listSpaces', null)).find((usage) => usage.space.id === space.id);
  expect(kept?.vectorCount).toBe(rowCount);
});

test('an aborted search leaves the matrix usable', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, allRows);
  const members = compute.membersOf(matrix);
  const abort = new AbortController();
  const search = compute.findNeighbours({ matrix, members, k: 5 }, { signal: abort.signal });
  abort.abort();
  await expect(search).rejects.toMatchObject({ code: 'aborted' });
  const [similarity] = await compute.call('comparePairs', { matrix, rows: Uint32Array.of(4, 9) });
  expect(similarity).toBeCloseTo(cosine(vectors[4]!, vectors[9]!), 6);
});

test('a batch whose worker is lost on the way is received by the next one', async () => {
  const Genuine = globalThis.Worker;
  let started = 0;
  // The first worker for matrices dies of its first batch.
  globalThis.Worker = class extends Genuine {
    readonly #isDoomed: boolean;

    constructor(script: string | URL, options?: WorkerOptions) {
      super(script, options);
      this.#isDoomed = String(script).includes('matrix.worker') && started++ === 0;
    }

    override postMessage(
      message: { job?: string },
      options: Transferable[] | StructuredSerializeOptions = [],
    ): void {
      if (this.#isDoomed && message.job === 'receiveBatch')
        this.dispatchEvent(new ErrorEvent('error', { message: 'lost' }));
      else super.postMessage(message, Array.isArray(options) ? { transfer: options } : options);
    }
  } as typeof Worker;
  try {
    const compute = client();
    const matrix = newMatrix();
    await fill(compute, matrix, allRows);
    expect(started).toBeGreaterThan(1);
    expect(compute.membersOf(matrix)).toHaveLength(rowCount);
    const [similarity] = await compute.call('comparePairs', { matrix, rows: Uint32Array.of(4, 9) });
    expect(similarity).toBeCloseTo(cosine(vectors[4]!, vectors[9]!), 6);
  } finally {
    globalThis.Worker = Genuine;
  }
});

test('a tile is the mean of its block of cosines', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, allRows);
  const order = compute.membersOf(matrix).reverse();
  const level = 4;
  const tile = await compute.call('drawTile', {
    matrix,
    lines: { key: 'reversed', rows: order },
    columns: null,
    centred: false,
    cells: 'mean',
    level,
    rowBlock: 2,
    columnBlock: 5,
    size: 8,
  });
  const span = 2 ** level;
  const rowsOf = (block: number) => [...order.slice(block * span, (block + 1) * span)];
  let sum = 0;
  for (const a of rowsOf(3)) for (const b of rowsOf(6)) sum += cosine(vectors[a]!, vectors[b]!);
  expect(tile[1 * 8 + 1]).toBeCloseTo(sum / span ** 2, 5);
});

test('a matrix is freed when its last user lets go', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, [0, 1, 2]);
  await compute.openMatrix({ matrix, rowCount, width }, sourceOf(matrix), false);
  compute.releaseMatrix(matrix);
  expect(compute.holdsMatrix(matrix)).toBe(true);
  compute.releaseMatrix(matrix);
  expect(compute.holdsMatrix(matrix)).toBe(false);
  await expect(compute.call('comparePairs', { matrix, rows: Uint32Array.of(0, 1) })).rejects.toMatchObject({
    code: 'no-matrix',
  });
});

test('a bad file comes back as bad-table with the parser’s own words', async () => {
  const compute = client();
  const content = new TextEncoder().encode('{"broken": ');
  let words = '';
  try {
    parseTable({ name: 'broken.json', bytes: content });
  } catch (error) {
    words = (error as Error).message;
  }
  await expect(
    compute.call('parseTable', { files: [new File([content], 'broken.json')] }),
  ).rejects.toMatchObject({
    code: 'bad-table',
    message: words,
  });
  expect(words).not.toBe('');
});

test('baselines differ with their corpus, and rows without words fail with a reason', async () => {
  const compute = client();
  const table = (text: string) => compute.call('parseTable', { name: 'Pasted texts', text });
  const open = async (content: string) => {
    const parsed = await table(content);
    const corpus = parsed.columns[0]!.cells;
    return compute.call('openBaseline', { model: 'baseline/letters-ngram', corpus });
  };
  const one = await open('a cat sat\na dog sat\na cat ran\n!!!');
  const other = await open('a cat sat\nthe ship sailed\nthe sea was calm\nthe cat slept');
  const texts = ['a cat sat', '!!!'];
  const [a, b] = await Promise.all(
    [one, other].map(({ session }) => compute.call('embedWithBaseline', { session, texts })),
  );
  expect([...a!.positions]).toEqual([0]);
  expect(a!.failures).toMatchObject([{ position: 1, reason: expect.stringMatching(/\w+/) }]);
  expect(a!.values).not.toEqual(b!.values);
});

test.each(['umap', 'umap-js'] as const)(
  '%s in its worker: the same seed gives the same bytes',
  async (method) => {
    const compute = client();
    const matrix = newMatrix();
    await fill(compute, matrix, allRows);
    const members = compute.membersOf(matrix);
    const { plane } = await compute.call('measureSpread', { matrix, members });
    const { ids, similarities } = await compute.findNeighbours({ matrix, members, k: 10 });
    const lay = (seed: number) =>
      compute.call('layOut', {
        method,
        lists: { ids, similarities, listLength: 10, positionOf: Int32Array.from(members.keys()) },
        from: null,
        request: { count: members.length, start: plane, neighbours: 11, minDist: 0.1, seed },
      });
    const first = await lay(1);
    expect(first.method).toBe(method);
    expect((await lay(1)).layout).toEqual(first.layout);
    expect((await lay(2)).layout).not.toEqual(first.layout);
  },
);

test('vectors that storage does not have any more leave from memory', async () => {
  const compute = client();
  const matrix = newMatrix();
  await fill(compute, matrix, withGaps);
  const exported = async () => {
    const npy = await compute.call('exportVectors', { matrix });
    return new Float32Array(await npy.slice(npy.size - rowCount * width * 4).arrayBuffer());
  };
  const kept = await exported();
  for (const row of withGaps) expect(kept.subarray(row * width, (row + 1) * width)).toEqual(vectors[row]!);
  expect(kept.subarray(3 * width, 4 * width).every(Number.isNaN)).toBe(true);

  await compute.call('removeSpace', { space: sourceOf(matrix).space.id });
  const held = await exported();
  for (const row of withGaps)
    for (let i = 0; i < width; i++)
      expect(Math.abs(held[row * width + i]! - vectors[row]![i]!)).toBeLessThan(1e-5);
  expect(held.subarray(3 * width, 4 * width).every(Number.isNaN)).toBe(true);
});
