import { expect, test } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { asWritten, type RunRecord } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import { keyWords, textKeys } from '@/core/embedding/text-keys';
import { type VectorSpace, vectorSpaceOf } from '@/core/embedding/vector-space';
import { finishWork } from '@/core/work';
import { openDatabase } from './database';
import { chunkBytes, type KeyedVectors } from './keyed-vectors';
import { indexedDbVectorStore as store } from './vector-store';
import {
  listDatasets,
  listRuns,
  listSpaces,
  loadDataset,
  loadSetting,
  removeRun,
  removeSpace,
  saveDataset,
  saveRun,
} from './workspace-store';

let named = 0;
function newSpace(): VectorSpace {
  const model = `test/model-${Date.now()}-${named++}`;
  return {
    id: `space of ${model}`,
    address: 'https://a.example/v1',
    model,
    dimensions: null,
    datasetId: null,
  };
}

/** One vector a text, all its numbers `seed` and the place in `texts` apart. */
function vectorsOf(texts: readonly string[], width: number, seed = 0): KeyedVectors {
  const values = new Float32Array(texts.length * width);
  texts.forEach((_, i) => {
    values.fill(seed + i + 0.25, i * width, (i + 1) * width);
  });
  return { keys: finishWork(textKeys(packTexts(texts))), width, values };
}

const numbered = (from: number, count: number) => Array.from({ length: count }, (_, i) => `text ${from + i}`);

/** Every stored vector's first number by its key. */
async function firstNumbers(space: VectorSpace, width: number): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for await (const { keys, values } of store.read(space.id, width, () => true))
    for (let i = 0; i < keys.length / keyWords; i++) {
      const key = keys.subarray(i * keyWords, (i + 1) * keyWords).join();
      found.set(key, [...(found.get(key) ?? []), values[i * width]!]);
    }
  return found;
}

const keyOf = (text: string) => finishWork(textKeys(packTexts([text]))).join();
async function countChunks(space: VectorSpace): Promise<number> {
  return (await openDatabase()).countFromIndex('chunks', 'bySpace', space.id);
}

test('a text is kept once however often it came, and known whatever else is asked with it', async () => {
  const space = newSpace();
  await store.append(space, vectorsOf(['a', 'b', 'a'], 3));
  await store.append(space, vectorsOf(['b', 'c'], 3, 100));
  await store.compact(space.id);
  const kept = await firstNumbers(space, 3);
  expect([...kept]).toHaveLength(3);
  expect(kept.get(keyOf('a'))).toEqual([0.25]);
  expect(kept.get(keyOf('b'))).toEqual([1.25]);
  expect(kept.get(keyOf('c'))).toEqual([101.25]);
  const { keys } = vectorsOf(['x', 'c', 'a', 'c', 'y'], 3);
  expect(await store.findKnown(space.id, keys)).toEqual([
    { width: 3, count: 3, flags: Uint8Array.of(0, 1, 1, 1, 0) },
  ]);
  expect(await store.findKnown(newSpace().id, keys)).toEqual([]);
});

test('vectors of another length are told apart', async () => {
  const space = newSpace();
  await store.append(space, vectorsOf(['a', 'b'], 3));
  await store.append(space, vectorsOf(['a', 'b', 'c'], 5));
  await store.compact(space.id);
  const { keys } = vectorsOf(['a', 'b', 'c'], 1);
  expect(await store.findKnown(space.id, keys)).toMatchObject([
    { width: 5, count: 3 },
    { width: 3, count: 2 },
  ]);
  expect((await firstNumbers(space, 3)).size).toBe(2);
  expect((await firstNumbers(space, 5)).size).toBe(3);
});

test('small chunks become chunks of at most 8 MiB, on their way and at the end', async () => {
  const space = newSpace();
  const width = 4096;
  const batches = 40;
  for (let i = 0; i < batches; i++) await store.append(space, vectorsOf(numbered(32 * i, 32), width, 32 * i));
  // 40 batches are 20 MiB: two merges have happened.
  expect(await countChunks(space)).toBeLessThan(batches - 25);
  await store.compact(space.id);
  const heads = await (await openDatabase()).getAllFromIndex('chunks', 'bySpace', space.id);
  expect(heads.length).toBeLessThanOrEqual(4);
  for (const { keys } of heads)
    expect((keys.length / keyWords) * (4 * width + 16)).toBeLessThanOrEqual(chunkBytes);
  const kept = await firstNumbers(space, width);
  expect(kept.size).toBe(32 * batches);
  for (let i = 0; i < 32 * batches; i += 97) expect(kept.get(keyOf(`text ${i}`))).toEqual([i + 0.25]);
});

test('chunks merged while they are read lose nothing', async () => {
  const space = newSpace();
  for (let i = 0; i < 6; i++) await store.append(space, vectorsOf(numbered(10 * i, 10), 4, 10 * i));
  const found = new Set<string>();
  let isFirst = true;
  for await (const { keys } of store.read(space.id, 4, () => true)) {
    for (let i = 0; i < keys.length; i += keyWords) found.add(keys.subarray(i, i + keyWords).join());
    if (isFirst) await store.compact(space.id);
    isFirst = false;
  }
  expect(found.size).toBe(60);
});

test('a merge that fails midway leaves everything as it was', async () => {
  const space = newSpace();
  for (let i = 0; i < 5; i++) await store.append(space, vectorsOf(numbered(10 * i, 10), 4, 10 * i));
  const database = await openDatabase();
  // A piece whose vectors are no numbers: the merge finds it after it has taken others out.
  const [, , third] = await database.getAllKeysFromIndex('chunks', 'bySpace', space.id);
  await database.put('chunkValues', null as never, third!);
  await expect(store.compact(space.id)).rejects.toThrow();
  expect(await countChunks(space)).toBe(5);
});

function run(datasetId: string, provider: 'baseline' | 'openai-compatible', model: string): RunRecord {
  const baseUrl = provider === 'baseline' ? '' : 'https://a.example/v1';
  return createRunRecord(
    { provider, baseUrl, model, dimensions: null, texts: asWritten, datasetId },
    0,
    4,
    1,
  );
}

test('what is kept is listed by model with its datasets; one model goes, the others stay', async () => {
  const one = run(`dataset ${Date.now()}`, 'openai-compatible', `one-${Date.now()}`);
  const other = run(one.spec.datasetId, 'openai-compatible', `other-${Date.now()}`);
  await saveRun(one);
  await saveRun(other);
  await saveDataset(datasetOf(one.spec.datasetId, ['a', 'b']), 1);
  const [space, otherSpace] = [vectorSpaceOf(one.spec), vectorSpaceOf(other.spec)];
  await store.append(space, vectorsOf(['a', 'b'], 8));
  await store.append(otherSpace, vectorsOf(['a'], 8));
  const listed = (await listSpaces()).find((kept) => kept.space.id === space.id);
  expect(listed).toMatchObject({
    space,
    vectorCount: 2,
    byteCount: 2 * (8 * 4 + 16),
    datasetNames: ['Test'],
  });
  await removeSpace(space.id);
  const left = await listSpaces();
  expect(left.some((kept) => kept.space.id === space.id)).toBe(false);
  expect(left.some((kept) => kept.space.id === otherSpace.id)).toBe(true);
  expect((await listRuns(one.spec.datasetId)).map(({ id }) => id)).toEqual([other.id]);
  expect((await firstNumbers(otherSpace, 8)).size).toBe(1);
});

test('removing a run keeps vectors that a server sent, and drops those of a baseline', async () => {
  const datasetId = `dataset ${Date.now()}`;
  for (const provider of ['baseline', 'openai-compatible'] as const) {
    const record = run(datasetId, provider, `model-${Date.now()}`);
    const space = vectorSpaceOf(record.spec);
    await saveRun(record);
    await store.append(space, vectorsOf(['a', 'b'], 8));
    await removeRun(record.id);
    expect((await firstNumbers(space, 8)).size).toBe(provider === 'baseline' ? 0 : 2);
    expect(await listRuns(datasetId)).toEqual([]);
  }
});

function datasetOf(id: string, texts: readonly string[]) {
  return {
    id,
    name: 'Test',
    rowCount: texts.length,
    texts: packTexts(texts),
    textColumn: null,
    columns: [],
    labelColumn: null,
    sets: ['Test'],
    notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
  };
}

/** Makes the database as version 1 made it, in place of the one that is there. */
async function makeVersion1(fill: (stores: (name: string) => IDBObjectStore) => void): Promise<void> {
  await settle(indexedDB.deleteDatabase('murmuration'));
  const open = indexedDB.open('murmuration', 1);
  open.onupgradeneeded = () => {
    const database = open.result;
    database.createObjectStore('datasets');
    database.createObjectStore('datasetSummaries', { keyPath: 'id' });
    database.createObjectStore('runs', { keyPath: 'id' }).createIndex('byDataset', 'spec.datasetId');
    database.createObjectStore('batches', { autoIncrement: true }).createIndex('byRun', 'runId');
    database.createObjectStore('settings');
  };
  const database = await settle(open);
  const transaction = database.transaction(Array.from(database.objectStoreNames), 'readwrite');
  fill((name) => transaction.objectStore(name));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

function settle<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

test('version 1 becomes version 3: remote vectors are kept by text, whether their texts are there or come later', async () => {
  const kept = datasetOf('kept', ['a', 'b', 'a', 'd']);
  const lost = datasetOf('lost', ['p', 'q', 'r', 's']);
  const remote = run('kept', 'openai-compatible', 'remote');
  const baseline = run('kept', 'baseline', 'baseline/words-lsa');
  const remoteLost = run('lost', 'openai-compatible', 'remote');
  const baselineLost = run('lost', 'baseline', 'baseline/words-lsa');
  const batch = (runId: string, rows: number[], seed: number) => ({
    runId,
    batch: { ...vectorsOf(rows.map(String), 3, seed), rows: Uint32Array.from(rows), keys: undefined },
  });
  await makeVersion1((stores) => {
    stores('datasets').add({ dataset: kept, savedAt: 5 }, 'kept');
    stores('datasetSummaries').add({ id: 'kept', name: 'Test', rowCount: 4, savedAt: 5 });
    stores('settings').add({ tab: 'map' }, 'view');
    for (const { spec, estimatedTokens: _, cost: __, ...record } of [
      remote,
      baseline,
      remoteLost,
      baselineLost,
    ]) {
      const { texts: ___, ...oldSpec } = spec;
      stores('runs').add({ ...record, spec: oldSpec });
    }
    stores('batches').add(batch(remote.id, [0, 1], 10));
    stores('batches').add(batch(remote.id, [1, 3], 20));
    stores('batches').add(batch(baseline.id, [0, 2], 30));
    stores('batches').add(batch(remoteLost.id, [0, 3], 40));
    stores('batches').add(batch(baselineLost.id, [0, 3], 50));
    stores('batches').add(batch('no-such-run#12345678', [0, 3], 60));
  });

  expect(await loadDataset('kept')).toEqual(kept);
  expect(await listDatasets()).toMatchObject([{ id: 'kept', savedAt: 5 }]);
  expect(await loadSetting('view')).toEqual({ tab: 'map' });
  const runs = (await listRuns('kept')).sort((a, b) => a.id.localeCompare(b.id));
  expect(runs).toEqual([remote, baseline].sort((a, b) => a.id.localeCompare(b.id)));

  const space = vectorSpaceOf(remote.spec);
  expect([...(await firstNumbers(space, 3))]).toHaveLength(3);
  expect((await firstNumbers(space, 3)).get(keyOf('a'))).toEqual([10.25]);
  expect((await firstNumbers(space, 3)).get(keyOf('b'))).toEqual([20.25]);
  expect((await firstNumbers(space, 3)).get(keyOf('d'))).toEqual([21.25]);
  expect([...(await firstNumbers(vectorSpaceOf(baseline.spec), 3)).values()]).toEqual([[30.25]]);
  expect(await (await openDatabase()).count('batches')).toBe(1);
  expect((await firstNumbers(vectorSpaceOf(baselineLost.spec), 3)).size).toBe(0);

  await saveDataset(lost, 6);
  expect(await (await openDatabase()).count('batches')).toBe(0);
  const all = await firstNumbers(space, 3);
  expect(all.get(keyOf('p'))).toEqual([40.25]);
  expect(all.get(keyOf('s'))).toEqual([41.25]);
  expect(all.size).toBe(5);
});
