// Where should chunks of vectors live? Writes 200 MB in chunks of 1, 4 and 8 MB and reads them back, one at a time, in
// IndexedDB (relaxed and strict) and in OPFS (one file a chunk, and one file for all, both through a sync access handle
// in a worker), in a profile on the disk. Prints the medians of five rounds.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';

const totalMegabytes = 200;
const rounds = 5;

const { module } = await runnerImport(new URL('../e2e/chromium.ts', import.meta.url).pathname, {
  configFile: false,
});

/** Runs in a worker: the seconds that a way takes to write and to read chunks of a size. */
async function measure({ way, megabytes, total }) {
  const count = Math.floor(total / megabytes);
  const chunk = new Float32Array((megabytes * 1e6) / 4);
  for (let i = 0; i < chunk.length; i++) chunk[i] = Math.random() - 0.5;
  const settle = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const ended = (transaction) =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });

  const openDatabase = async () => {
    const open = indexedDB.open('bench');
    open.onupgradeneeded = () => open.result.createObjectStore('chunks');
    return settle(open);
  };
  const viaDatabase = async (durability) => {
    const database = await openDatabase();
    return {
      async write(i) {
        const transaction = database.transaction('chunks', 'readwrite', { durability });
        transaction.objectStore('chunks').put(chunk, i);
        await ended(transaction);
      },
      read: (i) => settle(database.transaction('chunks').objectStore('chunks').get(i)),
      async close() {
        database.close();
        await settle(indexedDB.deleteDatabase('bench'));
      },
    };
  };
  const viaFiles = async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('bench', { create: true });
    const open = async (i) => (await folder.getFileHandle(`${i}`, { create: true })).createSyncAccessHandle();
    return {
      async write(i) {
        const file = await open(i);
        file.write(chunk, { at: 0 });
        file.flush();
        file.close();
      },
      async read(i) {
        const file = await open(i);
        const into = new Float32Array(chunk.length);
        file.read(into, { at: 0 });
        file.close();
        return into;
      },
      close: () => root.removeEntry('bench', { recursive: true }),
    };
  };
  const viaOneFile = async () => {
    const root = await navigator.storage.getDirectory();
    const file = await (await root.getFileHandle('bench-file', { create: true })).createSyncAccessHandle();
    return {
      async write(i) {
        file.write(chunk, { at: i * chunk.byteLength });
        file.flush();
      },
      async read(i) {
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

  const ways = {
    'IndexedDB relaxed': () => viaDatabase('relaxed'),
    'IndexedDB strict': () => viaDatabase('strict'),
    'OPFS, a file a chunk': viaFiles,
    'OPFS, one file': viaOneFile,
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

const server = createServer((request, response) => {
  const isWorker = request.url === '/worker.js';
  response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html');
  response.end(isWorker ? script : '<!doctype html><title>Storage benchmark</title>');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const profile = mkdtempSync(join(tmpdir(), 'storage-benchmark-'));
const context = await chromium.launchPersistentContext(profile, module.chromiumLaunch());
const page = await context.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ask = (task) =>
  page.evaluate(
    (message) =>
      new Promise((resolve) => {
        const worker = new Worker('/worker.js');
        worker.onmessage = ({ data }) => {
          worker.terminate();
          resolve(data);
        };
        worker.postMessage(message);
      }),
    task,
  );

console.log(`${totalMegabytes} MB, MB/s, median of ${rounds}`);
for (const megabytes of [1, 4, 8]) {
  for (const way of ['IndexedDB relaxed', 'IndexedDB strict', 'OPFS, a file a chunk', 'OPFS, one file']) {
    const times = [];
    for (let round = 0; round < rounds; round++) {
      const time = await ask({ way, megabytes, total: totalMegabytes });
      if (time.error) throw new Error(time.error);
      times.push(time);
    }
    const rate = (name) => Math.round(totalMegabytes / (median(times.map((time) => time[name])) / 1000));
    console.log(
      `${megabytes} MB  ${way.padEnd(22)} write ${String(rate('writeMs')).padStart(5)}  read ${String(rate('readMs')).padStart(5)}`,
    );
  }
}
await context.close();
server.close();
rmSync(profile, { recursive: true, force: true });
