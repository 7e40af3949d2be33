import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ApiServer, startApiServer } from './api-server';
import { embedText } from './embed-text';
import { type FaultName, faultNames } from './faults';

const model = 'local/ngram-64';
const input = ['first text', 'second text', 'third text'];
const vectors = input.map((text) => Array.from(embedText(model, text)));
let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
});

afterAll(() => server.close());

beforeEach(() => {
  server.setFaults([], { delayMs: undefined, poison: undefined });
  server.log.clear();
});

interface Embeddings {
  model: string;
  data: { index: number; embedding: unknown }[];
  usage?: unknown;
}

function send(texts: readonly string[] = input, more: object = {}, signal?: AbortSignal): Promise<Response> {
  const body = JSON.stringify({ model, input: texts, encoding_format: 'float', ...more });
  return fetch(`${server.url}/v1/embeddings`, { method: 'POST', body, signal: signal ?? null });
}

async function statusOf(texts?: readonly string[]): Promise<number> {
  return (await send(texts)).status;
}

async function lengthsOf(reply: Response): Promise<number[]> {
  return ((await reply.json()) as { data: { embedding: number[] }[] }).data.map(
    ({ embedding }) => embedding.length,
  );
}

async function embed(texts: readonly string[] = input): Promise<Embeddings> {
  const reply = await send(texts);
  expect(reply.status).toBe(200);
  return (await reply.json()) as Embeddings;
}

async function embedVectors(): Promise<unknown[]> {
  return (await embed()).data.map(({ embedding }) => embedding);
}

/** One check for each fault; the type demands that none is forgotten. */
const checks: Record<FaultName, () => Promise<void>> = {
  async slow() {
    server.setFaults(['slow'], { delayMs: 120 });
    const start = performance.now();
    expect(await embedVectors()).toEqual(vectors);
    expect(performance.now() - start).toBeGreaterThan(110);
    // A spared request does not wait, and nobody waits any longer once the faults are set anew.
    server.setFaults(['slow'], { delayMs: 60_000, sparedRequests: 1 });
    expect(await embedVectors()).toEqual(vectors);
    const waiting = embedVectors();
    await vi.waitFor(() => expect(server.log.inFlight).toBe(1));
    server.setFaults([], { sparedRequests: undefined });
    expect(await waiting).toEqual(vectors);
  },
  unauthorized: () => expectError(401, 'unauthorized'),
  gated: () => expectError(403, 'model_gated_needs_oauth'),
  'not-found': () => expectError(404, 'model_not_found'),
  busy: () => expectError(429, 'concurrency_limit_exceeded'),
  'server-error': () => expectError(500, 'server_error'),
  overloaded: () => expectError(503, 'capacity_exhausted'),
  async cold() {
    const reply = await send();
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('cold');
  },
  async html() {
    const reply = await send();
    expect(reply.status).toBe(502);
    expect(reply.headers.get('content-type')).toBe('text/html');
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    expect(await reply.text()).toMatch(/^<!doctype html>/);
  },
  async 'error-200'() {
    const reply = await send();
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({ error: { message: expect.any(String), code: 'completion_error' } });
  },
  async 'fail-once'() {
    expect((await send()).status).toBe(500);
    expect((await send(['another batch'])).status).toBe(500);
    expect(await embedVectors()).toEqual(vectors);
    expect((await send(['another batch'])).status).toBe(200);
    server.setFaults(['fail-once']);
    expect((await send()).status).toBe(500);
  },
  async poison() {
    server.setFaults(['poison'], { poison: 'second' });
    expect((await send()).status).toBe(500);
    expect((await send()).status).toBe(500);
    expect((await send(['first text', 'third text'])).status).toBe(200);
    server.setFaults(['poison'], { poison: undefined });
    expect((await send()).status).toBe(200);
    expect((await send(['a poisonous text'])).status).toBe(500);
  },
  async 'nan-vector'() {
    const text = await (await send()).text();
    expect(text).toContain('"embedding":[NaN,');
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    const mended = JSON.parse(text.replace('NaN', 'null')) as Embeddings;
    expect(mended.data.map(({ embedding }) => embedding)).toEqual([
      [null, ...vectors[0]!.slice(1)],
      ...vectors.slice(1),
    ]);
  },
  async 'null-vector'() {
    expect(await embedVectors()).toEqual([[null, ...vectors[0]!.slice(1)], ...vectors.slice(1)]);
  },
  async 'zero-vector'() {
    expect(await embedVectors()).toEqual([new Array(64).fill(0), ...vectors.slice(1)]);
    server.setFaults(['zero-vector'], { poison: 'third' });
    expect(await embedVectors()).toEqual([...vectors.slice(0, 2), new Array(64).fill(0)]);
  },
  async 'changed-length'() {
    expect(await embedVectors()).toEqual([vectors[0]!.slice(0, 63), ...vectors.slice(1)]);
  },
  async nested() {
    expect(await embedVectors()).toEqual([[vectors[0]], ...vectors.slice(1)]);
  },
  async 'wrong-count'() {
    expect(await embedVectors()).toEqual(vectors.slice(0, 2));
  },
  async reversed() {
    const { data } = await embed();
    expect(data.map(({ index }) => index)).toEqual([2, 1, 0]);
    expect(data.map(({ embedding }) => embedding)).toEqual(vectors.toReversed());
  },
  async 'base64-anyway'() {
    const decoded = (await embedVectors()).map((embedding) => {
      const bytes = Buffer.from(String(embedding), 'base64');
      return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
    });
    expect(decoded).toEqual(vectors);
  },
  async 'other-model'() {
    const reply = await embed();
    expect(reply.model).toBe('local/ngram-64-other');
    expect(reply.data.map(({ embedding }) => embedding)).toEqual(vectors);
  },
  async 'no-usage'() {
    expect(await embed()).not.toHaveProperty('usage');
    server.setFaults([]);
    expect(await embed()).toHaveProperty('usage');
  },
  async dropped() {
    const reply = await send();
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toThrow();
    await vi.waitFor(() =>
      expect(server.log.requests[0]).toMatchObject({ finished: true, dropped: true, aborted: false }),
    );
  },
  'no-credit': () => expectError(402, 'insufficient_quota'),
  async 'cold-start'() {
    server.setFaults(['cold-start'], { firstRequests: 2 });
    expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([400, 400, 200]);
  },
  async 'busy-start'() {
    server.setFaults(['busy-start'], { firstRequests: 1 });
    const reply = await send();
    expect(reply.status).toBe(429);
    expect(reply.headers.get('retry-after')).toBe('2');
    expect(reply.headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(await statusOf()).toBe(200);
  },
  async 'overloaded-start'() {
    server.setFaults(['overloaded-start'], { firstRequests: 1 });
    expect([await statusOf(), await statusOf()]).toEqual([503, 200]);
  },
  async 'max-batch'() {
    server.setFaults(['max-batch'], { mostTexts: 2 });
    expect([await statusOf(), await statusOf(['a', 'b'])]).toEqual([413, 200]);
  },
  async 'max-bytes'() {
    server.setFaults(['max-bytes'], { mostBytes: 6 });
    expect([await statusOf(['日本', 'a']), await statusOf(['日本'])]).toEqual([400, 200]);
  },
  'too-long': () => expectPoisoned('too-long', 400, /maximum context length/),
  'detail-list': () => expectPoisoned('detail-list', 422, /"detail":\[\{"loc":\["body","input",1\]/),
  'detail-text': () => expectBody(403, /^\{"detail":"/),
  'status-code-body': () => expectBody(500, /^\{"statusCode":500,"message":/),
  'object-error': () => expectBody(400, /^\{"object":"error","message":/),
  'plain-error': () => expectBody(500, /^Internal Server Error$/),
  'empty-error': () => expectBody(500, /^$/),
  'html-200': () => expectBody(200, /^<!doctype html>/),
  async hang() {
    await expect(send(input, {}, AbortSignal.timeout(100))).rejects.toThrow();
    await vi.waitFor(() => expect(server.log.requests[0]).toMatchObject({ aborted: true }));
    expect(server.log.delivered).toEqual([]);
  },
  async redirect() {
    server.setFaults(['redirect'], { redirectTo: 'http://elsewhere.example/' });
    const body = JSON.stringify({ model, input });
    const reply = await fetch(`${server.url}/v1/embeddings`, { method: 'POST', body, redirect: 'manual' });
    expect([reply.status, reply.headers.get('location')]).toEqual([302, 'http://elsewhere.example/']);
  },
  async 'no-base64'() {
    expect((await send(input, { encoding_format: 'base64' })).status).toBe(400);
    expect(await embedVectors()).toEqual(vectors);
  },
  async 'dimensions-refused'() {
    const cut = { model: 'local/ngram-1024', dimensions: 32 };
    expect((await send(input, cut)).status).toBe(400);
    expect((await send(input, { model: 'local/ngram-1024' })).status).toBe(200);
  },
  async 'dimensions-ignored'() {
    const cut = { model: 'local/ngram-1024', dimensions: 32 };
    expect(await lengthsOf(await send(input, cut))).toEqual([1024, 1024, 1024]);
    server.setFaults([]);
    expect(await lengthsOf(await send(input, cut))).toEqual([32, 32, 32]);
  },
  async 'zero-padded'() {
    const reply = await send(input, { model: 'local/ngram-1024', dimensions: 64 });
    const { data } = (await reply.json()) as Embeddings;
    data.forEach(({ embedding }, i) => {
      const half = Array.from(embedText('local/ngram-1024', input[i]!).subarray(0, 32));
      expect(embedding).toEqual([...half, ...new Array(32).fill(0)]);
    });
  },
  async 'no-index'() {
    const { data } = await embed();
    expect(data).toEqual(vectors.map((embedding) => ({ object: 'embedding', embedding })));
  },
  async 'float-anyway'() {
    const reply = await send(input, { encoding_format: 'base64' });
    expect(((await reply.json()) as Embeddings).data.map(({ embedding }) => embedding)).toEqual(vectors);
  },
  async 'huge-body'() {
    const reply = await send();
    const text = await reply.text();
    expect(text.length).toBeGreaterThan(2 ** 26);
    const { data } = JSON.parse(text) as Embeddings;
    expect(data.map(({ embedding }) => embedding)).toEqual(vectors);
  },
  async 'catalog-down'() {
    expect((await fetch(`${server.url}/v1/models`)).status).toBe(503);
    expect((await fetch(`${server.url}/v1/models/${model}`)).status).toBe(503);
    expect(await embedVectors()).toEqual(vectors);
  },
};

async function expectError(status: number, code: string): Promise<void> {
  const reply = await send();
  expect(reply.status).toBe(status);
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  expect(await reply.json()).toMatchObject({ error: { code, message: expect.any(String) } });
}

async function expectBody(status: number, pattern: RegExp): Promise<void> {
  const reply = await send();
  expect(reply.status).toBe(status);
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  expect(await reply.text()).toMatch(pattern);
}

async function expectPoisoned(fault: FaultName, status: number, pattern: RegExp): Promise<void> {
  server.setFaults([fault], { poison: 'second' });
  await expectBody(status, pattern);
  expect(await statusOf(['first text', 'third text'])).toBe(200);
}

describe('each fault does what it says, and passes when switched off', () => {
  it.each(faultNames)('%s', async (name) => {
    server.setFaults([name]);
    await checks[name]();
    server.setFaults([]);
    expect(await embedVectors()).toEqual(vectors);
  });
});

it('combines faults', async () => {
  server.setFaults(['reversed', 'no-usage', 'zero-vector'], { poison: 'second' });
  const reply = await embed();
  expect(reply.usage).toBeUndefined();
  expect(reply.data.map(({ embedding }) => embedding)).toEqual([
    vectors[2],
    new Array(64).fill(0),
    vectors[0],
  ]);
});

it('refuses unknown names and keeps the faults it had', async () => {
  server.setFaults(['busy']);
  expect(() => server.setFaults(['bussy'])).toThrow(/No fault is called bussy\..*base64-anyway/);
  expect((await send()).status).toBe(429);
  await expect(startApiServer({ faults: ['toString'] })).rejects.toThrow(RangeError);
});

it('counts the texts whose usable vectors were completely sent', async () => {
  await embed();
  server.setFaults(['wrong-count']);
  await embed();
  server.setFaults(['zero-vector'], { poison: 'second' });
  await embed();
  server.setFaults(['wrong-count', 'no-index']);
  await embed();
  server.setFaults(['dropped']);
  await expect(embed()).rejects.toThrow();
  server.setFaults(['busy']);
  await send();
  expect(server.log.delivered).toEqual([...input, ...input.slice(0, 2), input[0], input[2]]);
});
