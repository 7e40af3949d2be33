import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { type BenchmarkGroup, compareFigures, median } from '../benchmark';
import { withBrowser } from './launch-browser';

const totalMegabytes = 200;
const sizes = [1, 4, 8];
const ways = [
  'IndexedDB strict',
  'IndexedDB relaxed',
  'OPFS, a file a chunk',
  'OPFS, a file for all',
] as const;
/** What the page uses. */
const [ours, ...others] = ways;

type Way = (typeof ways)[number];

interface Task {
  readonly way: Way;
  readonly megabytes: number;
  readonly total: number;
}

interface Times {
  readonly writeMs: number;
  readonly readMs: number;
}

interface Store {
  write(i: number): Promise<void>;
  read(i: number): Promise<Float32Array>;
  close(): Promise<unknown>;
}

/** A part of the types of workers, which those of pages lack. */
interface SyncAccess {
  read(into: Float32Array, options: { at: number }): void;
  write(from: Float32Array, options: { at: number }): void;
  flush(): void;
  close(): void;
}

/** Where chunks of vectors could live, and how large they should be: read and written one at a time, in a worker. */
export const chunkStorage: BenchmarkGroup = {
  name: 'storage',
  about: 'chunks of vectors written and read: IndexedDB with strict durability, as the page does; other ways',
  where: 'browser',
  async *run({ rounds }) {
    const results = await withBrowser(async (context) => {
      const page = context.pages()[0] ?? (await context.newPage());
      await openWithWorker(page);
      const made = [];
      for (const megabytes of sizes) {
        const times = new Map<Way, Times[]>(ways.map((way) => [way, []]));
        for (let round = 0; round < rounds; round++) {
          for (const way of round % 2 === 0 ? ways : ways.toReversed())
            times.get(way)!.push(await askWorker(page, { way, megabytes, total: totalMegabytes }));
        }
        const rate = (way: Way, what: keyof Times) =>
          totalMegabytes / (median(times.get(way)!.map((time) => time[what])) / 1000);
        for (const what of ['writeMs', 'readMs'] as const)
          for (const way of others)
            made.push(
              compareFigures({
                name: `chunks of ${megabytes} MB, ${what === 'writeMs' ? 'write' : 'read'}`,
                n: totalMegabytes / megabytes,
                d: null,
                unit: 'MB/s',
                better: 'more',
                value: rate(ours, what),
                peer: { name: way, value: rate(way, what) },
              }),
            );
      }
      return made;
    });
    yield* results;
  },
};

/**
 * Runs in a worker: the milliseconds that a way takes to write and to read chunks of a size. Its source is sent there, so it
 * uses nothing from outside.
 */
async function measure({ way, megabytes, total }: Task): Promise<Times> {
  const count = Math.floor(total / megabytes);
  const chunk = new Float32Array((megabytes * 1e6) / 4);
  for (let i = 0; i < chunk.length; i++) chunk[i] = Math.random() - 0.5;
  const settle = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const ended = (transaction: IDBTransaction): Promise<unknown> =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });

  const openDatabase = async () => {
    const open = indexedDB.open('bench');
    open.onupgradeneeded = () => open.result.createObjectStore('chunks');
    return settle(open);
  };
  const viaDatabase = async (durability: IDBTransactionDurability): Promise<Store> => {
    const database = await openDatabase();
    return {
      async write(i: number) {
        const transaction = database.transaction('chunks', 'readwrite', { durability });
        transaction.objectStore('chunks').put(chunk, i);
        await ended(transaction);
      },
      read: (i: number) => settle(database.transaction('chunks').objectStore('chunks').get(i)),
      async close() {
        database.close();
        await settle(indexedDB.deleteDatabase('bench'));
      },
    };
  };
  const createAccess = (handle: FileSystemFileHandle) =>
    (handle as unknown as { createSyncAccessHandle(): Promise<SyncAccess> }).createSyncAccessHandle();
  const viaFiles = async (): Promise<Store> => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('bench', { create: true });
    const open = async (i: number) => createAccess(await folder.getFileHandle(`${i}`, { create: true }));
    return {
      async write(i: number) {
        const file = await open(i);
        file.write(chunk, { at: 0 });
        file.flush();
        file.close();
      },
      async read(i: number) {
        const file = await open(i);
        const into = new Float32Array(chunk.length);
        file.read(into, { at: 0 });
        file.close();
        return into;
      },
      close: () => root.removeEntry('bench', { recursive: true }),
    };
  };
  const viaOneFile = async (): Promise<Store> => {
    const root = await navigator.storage.getDirectory();
    const file = await createAccess(await root.getFileHandle('bench-file', { create: true }));
    return {
      async write(i: number) {
        file.write(chunk, { at: i * chunk.byteLength });
        file.flush();
      },
      async read(i: number) {
        const into = new Float32Array(chunk.length);
        file.read(into, { at: i * chunk.byteLength });
        return into;
      },
      async close() {
        file.close();
        await root.removeEntry('bench-file');
      },
    };
  };

  const ways: Record<Way, () => Promise<Store>> = {
    'IndexedDB relaxed': () => viaDatabase('relaxed'),
    'IndexedDB strict': () => viaDatabase('strict'),
    'OPFS, a file a chunk': viaFiles,
    'OPFS, a file for all': viaOneFile,
  };
  const store = await ways[way]();
  const began = performance.now();
  for (let i = 0; i < count; i++) await store.write(i);
  const written = performance.now();
  for (let i = 0; i < count; i++) {
    const got = await store.read(i);
    if (got[7] !== chunk[7] || got.length !== chunk.length) throw new Error(`${way}: other bytes came back`);
  }
  const read = performance.now();
  await store.close();
  return { writeMs: written - began, readMs: read - written };
}

const script = `onmessage = async ({ data }) => {
  ${measure.toString()}
  try { postMessage(await measure(data)); } catch (error) { postMessage({ error: String(error) }); }
};`;

async function openWithWorker(page: Page): Promise<void> {
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html');
    response.end(isWorker ? script : '<!doctype html><title>Storage benchmark</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Nothing keeps the process but the benchmark itself.
  server.unref();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

async function askWorker(page: Page, task: Task): Promise<Times> {
  const answer = await page.evaluate(
    (message) =>
      new Promise<Times | { error: string }>((resolve) => {
        const worker = new Worker('/worker.js');
        worker.onmessage = ({ data }) => {
          worker.terminate();
          resolve(data);
        };
        worker.postMessage(message);
      }),
    task,
  );
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}
