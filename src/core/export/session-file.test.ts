import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { buildDataset } from '@/core/dataset/build-dataset';
import { parseTable } from '@/core/dataset/parse-table';
import { packTexts } from '@/core/dataset/text-column';
import { asWritten } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import type { KeptPicture } from './kept-picture';
import { npyHeader } from './npy-header';
import { readSession, writeSession } from './session-file';

const csv = 'text,kind,x,y\n"=1+1, <b>sea</b>",a,1,2\nÜber 海,b,3,\n\u202Eright to left,a,5,6\n';
const table = parseTable({ name: 'own.csv', bytes: new TextEncoder().encode(csv) });
const dataset = buildDataset(table, {
  textColumn: 0,
  labelColumn: 1,
  coordinates: [2, 3],
  name: 'own.csv',
});
const spec = {
  provider: 'openai-compatible',
  baseUrl: 'https://api.example.com/v1',
  model: 'org/model',
  dimensions: 2,
  texts: { ...asWritten, documentPrefix: 'passage: ' },
  datasetId: dataset.id,
} as const;
const none = Number.NaN;
const values = Float32Array.of(0.1, -2e-3, none, none, 3e3, 1 / 3);
const npy = [npyHeader({ rows: 3, dims: 2 }), new Uint8Array(values.buffer)];
const record = {
  ...createRunRecord(spec, 0, 3, 1_700_000_000_000),
  status: 'done' as const,
  doneCount: 2,
  width: 2,
  tokens: 12,
  failures: [{ row: 1, reason: 'The server refused this text.' }],
};
const view = { tab: 'matrix', pinned: 2 };
const picture: KeptPicture = {
  map: {
    settings: { method: 'umap', neighbours: 15, minDist: 0.1, seed: 42 },
    positions: Float32Array.of(1.5, -2, none, none, 1 / 3, 1e-30),
    placed: 2,
    method: 'umap',
    done: 500,
    total: 500,
    twins: 0,
    explained: null,
    remark: 'Neighbours were reduced.',
    recall: { value: 0.98, rows: 200 },
  },
  clusters: {
    clusterOf: Int32Array.of(0, -1, 0),
    resolution: 1,
    count: 1,
    sizes: [2],
    keywords: [[{ term: 'sea', rows: 2, rowsInAll: 2 }]],
    names: ['sea'],
    signatures: ['ab12'],
    noise: { alone: 1, inSmall: 0, inLoose: 0 },
  },
};
const contents = {
  dataset,
  runs: [{ record, npy, picture }],
  view,
  writtenAt: 1_750_000_000_000,
  writtenBy: '1.2.3',
};

it('a session comes back as it was, to the bit', () => {
  const session = readSession(writeSession(contents));
  expect(session.dataset).toEqual(dataset);
  // Columns that joined the rows later do not make it another dataset.
  const cells = packTexts(['1', '2', '3']);
  const joined = {
    ...dataset,
    columns: [...dataset.columns, { name: 'map x', cells }],
    addedColumns: ['map x'],
  };
  expect(readSession(writeSession({ ...contents, dataset: joined })).dataset).toEqual(joined);
  expect(session.view).toEqual(view);
  expect(session.writtenAt).toBe(contents.writtenAt);
  expect(session.runs).toEqual([{ record, vectors: { name: 'org/model', width: 2, values }, picture }]);
});

it('a run without its vectors waits to be embedded', () => {
  const session = readSession(writeSession({ ...contents, runs: [{ record, npy: null, picture }] }));
  expect(session.runs[0]).toMatchObject({
    vectors: null,
    picture,
    record: { doneCount: 0, status: 'no vectors', width: null },
  });
});

it('a session of an older page has no maps and is read all the same', () => {
  const older = packed(({ session }) => {
    for (const run of session.runs as Record<string, unknown>[]) {
      delete run.map;
      delete run.clusters;
    }
    delete session.writtenBy;
    delete (session.dataset as Record<string, unknown>).coordinates;
  });
  expect(readSession(older).runs[0]!.picture).toEqual({ map: null, clusters: null });
  expect(readSession(older).dataset.coordinates).toBeNull();
});

const packed = (change: (files: { session: Record<string, unknown>; texts: unknown }) => void) => {
  const files = unzipSync(writeSession(contents));
  const parts = {
    session: JSON.parse(strFromU8(files['session.json']!)),
    texts: JSON.parse(strFromU8(files['texts.json']!)),
  };
  change(parts);
  return zipSync({
    ...files,
    'session.json': strToU8(JSON.stringify(parts.session)),
    'texts.json': strToU8(JSON.stringify(parts.texts)),
  });
};

it.each<[string, Parameters<typeof packed>[0], RegExp]>([
  ['a newer version', ({ session }) => Object.assign(session, { version: 2 }), /newer version/],
  ['another format', ({ session }) => Object.assign(session, { format: 'other' }), /format/],
  ['no dataset', ({ session }) => Object.assign(session, { dataset: null }), /dataset/],
  [
    'a run of an unknown provider',
    ({ session }) => Object.assign((session.runs as object[])[0]!, { provider: 'x' }),
    /runs\.0\.provider/,
  ],
  [
    'an address that is none',
    ({ session }) => Object.assign((session.runs as object[])[0]!, { baseUrl: 'javascript:alert(1)' }),
    /address of a server/,
  ],
  [
    'vectors of a file it does not hold',
    ({ session }) => Object.assign((session.runs as object[])[0]!, { vectors: '../secret' }),
    /are missing/,
  ],
  [
    'fewer texts than vectors',
    (files) => Object.assign(files, { texts: { texts: ['a'], columns: [['b'], ['1'], ['2']] } }),
    /3 vectors for 1 texts/,
  ],
  [
    'a map of a file it does not hold',
    ({ session }) => Object.assign((session.runs as { map: object }[])[0]!.map, { file: '__proto__' }),
    /map of a run is missing/,
  ],
  [
    'vectors in place of a map',
    ({ session }) => Object.assign((session.runs as { map: object }[])[0]!.map, { method: 'tsne' }),
    /runs\.0\.map/,
  ],
  [
    'clusters of other rows',
    ({ session }) =>
      Object.assign((session.runs as { clusters: object }[])[0]!.clusters, { clusterOf: [0, 0] }),
    /do not fit/,
  ],
  [
    'a row in a cluster that is none',
    ({ session }) =>
      Object.assign((session.runs as { clusters: object }[])[0]!.clusters, { clusterOf: [0, 7, 0] }),
    /do not fit/,
  ],
  [
    'counts that are none',
    ({ session }) => Object.assign((session.runs as object[])[0]!, { durationMs: -1 }),
    /durationMs/,
  ],
  [
    'texts that are numbers',
    (files) => Object.assign(files, { texts: { texts: [1, 2, 3], columns: [] } }),
    /texts/,
  ],
  ['a list in place of an object', (files) => Object.assign(files, { session: [1e308] }), /cannot be opened/],
  [
    'columns of another length',
    (files) => Object.assign(files, { texts: { texts: ['a'], columns: [[]] } }),
    /columns/,
  ],
])('refuses %s with the reason', (_, change, reason) => {
  expect(() => readSession(packed(change))).toThrow(reason);
});

it('refuses other archives and damaged ones', () => {
  expect(() => readSession(zipSync({ 'a.txt': strToU8('hello') }))).toThrow(/not a session/);
  const whole = writeSession(contents);
  expect(() => readSession(whole.subarray(0, whole.length - 40))).toThrow(/cannot be opened/);
  const broken = Uint8Array.from(whole);
  broken.fill(0, 40, 60);
  expect(() => readSession(broken)).toThrow();
});

/** The size that the directory of a ZIP promises for a file, changed. */
function promise(zip: Uint8Array, name: string, bytes: number): Uint8Array {
  const changed = Uint8Array.from(zip);
  const view = new DataView(changed.buffer);
  for (let at = 0; at < changed.length - 46; at++) {
    const isEntry = view.getUint32(at, true) === 0x02014b50;
    if (isEntry && strFromU8(changed.subarray(at + 46, at + 46 + name.length)) === name)
      view.setUint32(at + 24, bytes, true);
  }
  return changed;
}

it('is refused before it is unpacked where it promises more than a page can hold', () => {
  const whole = writeSession(contents);
  expect(() => readSession(promise(whole, 'vectors/0.npy', 4e9), 2e9)).toThrow(/more than 2\.0 GB/);
  expect(() => readSession(promise(whole, 'texts.json', 3e9))).toThrow(/texts unpack to 3\.0 GB/);
  const bomb = zipSync({ ...unzipSync(whole), 'vectors/0.npy': new Uint8Array(3e6) });
  expect(() => readSession(bomb, 1e6)).toThrow(/more than 0\.0 GB/);
});

it('names that mean something to the language are names', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const hostile = packed((files) => {
    const about = files.session.dataset as Record<string, unknown>;
    about.columns = names;
    about.coordinates = ['__proto__', 'constructor'];
    about.labelColumn = '__proto__';
    Object.assign(files, { texts: { texts: ['a', 'b', 'c'], columns: names.map(() => ['x', 'y', 'z']) } });
    files.session.view = JSON.parse('{"__proto__": {"tab": "matrix"}, "clusterNames": {"__proto__": "x"}}');
  });
  const session = readSession(hostile);
  expect(session.dataset.columns.map(({ name }) => name)).toEqual(names);
  expect(session.dataset.labelColumn).toBe('__proto__');
  expect(Object.keys(session.view as object)).toEqual(['__proto__', 'clusterNames']);
  expect(({} as Record<string, unknown>).tab).toBeUndefined();
});

it('no bytes make it do anything but read or refuse', () => {
  const whole = writeSession(contents);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 5 }),
      fc.option(fc.nat(whole.length)),
      (changes, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          expect(readSession(bytes, 1e8).dataset.rowCount).toBeGreaterThan(0);
        } catch (error) {
          expect((error as Error).name).toBe('TableError');
        }
      },
    ),
    { seed: 12, numRuns: 400 },
  );
});
