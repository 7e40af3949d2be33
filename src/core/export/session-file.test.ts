import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { buildDataset } from '@/core/dataset/build-dataset';
import { parseTable } from '@/core/dataset/parse-table';
import { asWritten } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import { readSession, writeSession } from './session-file';
import { npyHeader } from './vectors-npy';

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
const contents = { dataset, runs: [{ record, npy }], view, writtenAt: 1_750_000_000_000 };

it('a session comes back as it was, to the bit', () => {
  const session = readSession(writeSession(contents));
  expect(session.dataset).toEqual(dataset);
  expect(session.view).toEqual(view);
  expect(session.writtenAt).toBe(contents.writtenAt);
  expect(session.runs).toEqual([{ record, vectors: { name: 'org/model', width: 2, values } }]);
});

it('a run without its vectors waits to be embedded', () => {
  const session = readSession(writeSession({ ...contents, runs: [{ record, npy: null }] }));
  expect(session.runs[0]).toMatchObject({
    vectors: null,
    record: { doneCount: 0, status: 'cancelled', width: null },
  });
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
