import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { APIError } from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ApiServer, type ApiServerOptions, startApiServer } from './api-server';
import { embedText } from './embed-text';

const running: ApiServer[] = [];

async function start(options: ApiServerOptions = {}): Promise<ApiServer> {
  const server = await startApiServer(options);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function makeClient(server: ApiServer, apiKey = 'any'): OpenAI {
  return new OpenAI({ baseURL: `${server.url}/v1`, apiKey, maxRetries: 0 });
}

async function post(server: ApiServer, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${server.url}/v1/embeddings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function preflight(server: ApiServer, headers: string, method = 'POST') {
  return fetch(`${server.url}/v1/embeddings`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://page.example',
      'access-control-request-method': method,
      'access-control-request-headers': headers,
    },
  });
}

describe('the official client', () => {
  it('lists models and shows one', async () => {
    const client = makeClient(await start());
    const { data } = await client.models.list();
    const ids = data.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['local/ngram-64', 'local/ngram-256', 'local/ngram-1024', 'local/chat-8b']),
    );
    expect((await client.models.retrieve('local/ngram-256')).id).toBe('local/ngram-256');
    await expect(client.models.retrieve('local/NGRAM-256')).rejects.toMatchObject({ status: 404 });
  });

  it.each(['local/ngram-64', 'local/ngram-256', 'local/ngram-1024'])('embeds with %s', async (model) => {
    const client = makeClient(await start());
    const input = ['first text', 'zweiter Text', '三番目'];
    const floats = await client.embeddings.create({ model, input, encoding_format: 'float' });
    expect(floats.model).toBe(model);
    expect(floats.data.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(floats.data.map(({ embedding }) => Float32Array.from(embedding))).toEqual(
      input.map((text) => embedText(model, text)),
    );
    expect(floats.usage).toEqual({ prompt_tokens: 7, total_tokens: 7 });
  });

  it('reads base64, which it asks for unless told otherwise', async () => {
    const server = await start();
    const reply = await makeClient(server).embeddings.create({
      model: 'local/ngram-64',
      input: 'a single text',
    });
    expect(server.log.requests[0]?.body).toMatchObject({ encoding_format: 'base64' });
    expect(Float32Array.from(reply.data[0]?.embedding ?? [])).toEqual(
      embedText('local/ngram-64', 'a single text'),
    );
  });

  it('gets the first numbers for dimensions, and a 400 where the model cannot be cut', async () => {
    const client = makeClient(await start());
    const request = { input: 'text', encoding_format: 'float', dimensions: 128 } as const;
    const reply = await client.embeddings.create({ ...request, model: 'local/ngram-1024' });
    expect(Float32Array.from(reply.data[0]?.embedding ?? [])).toEqual(
      embedText('local/ngram-1024', 'text').subarray(0, 128),
    );
    await expect(client.embeddings.create({ ...request, model: 'local/ngram-256' })).rejects.toMatchObject({
      status: 400,
      param: 'dimensions',
    });
    await expect(
      client.embeddings.create({ ...request, model: 'local/ngram-1024', dimensions: 1025 }),
    ).rejects.toBeInstanceOf(APIError);
  });
});

describe('refusals', () => {
  it.each([
    ['an unknown model', { model: 'local/Ngram-64', input: 'a' }, 404, 'model_not_found'],
    ['a chat model', { model: 'local/chat-8b', input: 'a' }, 500, 'server_error'],
    ['a made-up model', { model: 'made-up/embedding-00001', input: 'a' }, 400, 'model_not_ready'],
    ['an empty text', { model: 'local/ngram-64', input: ['a', ''] }, 400, 'invalid_request'],
    ['a blank text', { model: 'local/ngram-64', input: ' \n' }, 400, 'invalid_request'],
    ['no texts', { model: 'local/ngram-64', input: [] }, 400, 'invalid_request'],
    ['tokens', { model: 'local/ngram-64', input: [1, 2] }, 400, 'invalid_request'],
    ['no model', { input: 'a' }, 400, 'invalid_request'],
    [
      'another encoding',
      { model: 'local/ngram-64', input: 'a', encoding_format: 'hex' },
      400,
      'invalid_request',
    ],
    ['no object', 'text', 400, 'invalid_request'],
  ])('%s', async (_case, body, status, code) => {
    const reply = await post(await start({ catalogSize: 20 }), body);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    expect(await reply.json()).toMatchObject({ error: { code, message: expect.any(String) } });
  });

  it('another path', async () => {
    const reply = await fetch(`${(await start()).url}/v1/chat/completions`, { method: 'POST', body: '{}' });
    expect(reply.status).toBe(404);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('key', () => {
  it('is demanded by plan and embeddings, not by the catalog', async () => {
    const server = await start({ key: 'right', concurrency: 7 });
    const request = { model: 'local/ngram-64', input: 'a' };
    const wrong = { authorization: 'Bearer wrong' };
    for (const reply of [
      await post(server, request),
      await post(server, request, wrong),
      await fetch(`${server.url}/v1/plan`),
      await fetch(`${server.url}/v1/plan`, { headers: wrong }),
    ]) {
      expect(reply.status).toBe(401);
      expect(await reply.json()).toMatchObject({ error: { code: 'unauthorized' } });
    }
    const right = { authorization: 'Bearer right' };
    expect((await post(server, request, right)).status).toBe(200);
    const plan = await fetch(`${server.url}/v1/plan`, { headers: right });
    expect(await plan.json()).toMatchObject({ max_model_size: null, concurrency: 7 });
    const rowsFor = async (headers: Record<string, string>) => {
      const reply = await fetch(`${server.url}/v1/models`, { headers });
      const { data } = (await reply.json()) as { data: Record<string, unknown>[] };
      return new Map(data.map((row) => [row.id, row.available_on_current_plan]));
    };
    expect((await rowsFor({})).get('local/ngram-64')).toBeUndefined();
    expect((await rowsFor(wrong)).get('local/ngram-64')).toBeUndefined();
    expect((await rowsFor(right)).get('local/ngram-64')).toBe(true);
    expect((await rowsFor(right)).get('local/chat-70b')).toBe(false);
  });

  it('is not needed where none is set', async () => {
    const server = await start();
    expect((await post(server, { model: 'local/ngram-64', input: 'a' })).status).toBe(200);
    expect((await fetch(`${server.url}/v1/plan`)).status).toBe(200);
  });
});

describe('preflight', () => {
  it('allows the two headers', async () => {
    const reply = await preflight(await start({ key: 'k' }), 'content-type,authorization');
    expect(reply.status).toBe(204);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    expect(reply.headers.get('access-control-allow-methods')).toBe('GET, POST');
    expect(reply.headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type');
  });

  it.each([
    ['authorization, x-stainless-os', 'POST'],
    ['content-type', 'DELETE'],
  ])('refuses %s with %s', async (headers, method) => {
    const reply = await preflight(await start(), headers, method);
    expect(reply.status).toBe(403);
    expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('recorded vectors', () => {
  it('answers the recorded texts and refuses others', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'api-server-'));
    try {
      const values = Buffer.from(Float32Array.of(0.1, 0.2, 3, 4).buffer);
      writeFileSync(join(directory, 'm.f32'), values);
      writeFileSync(join(directory, 'm.json'), '{"model":"org/recorded","rows":2,"dims":2}');
      writeFileSync(join(directory, 'texts.tsv'), 'id\ttext\n0\tsea\n1\tsky\n');
      const client = makeClient(await start({ vectors: directory }));
      const model = 'org/recorded';
      const reply = await client.embeddings.create({
        model,
        input: ['sky', 'sea'],
        encoding_format: 'float',
      });
      expect(reply.data.map(({ embedding }) => embedding)).toEqual([
        [3, 4],
        [Math.fround(0.1), Math.fround(0.2)],
      ]);
      expect((await client.models.list()).data.map(({ id }) => id)).toContain(model);
      await expect(client.embeddings.create({ model, input: ['sky', 'land'] })).rejects.toMatchObject({
        status: 400,
        code: 'text_not_recorded',
        message: expect.stringContaining('input 1'),
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('log', () => {
  it('keeps what was sent and how it ended', async () => {
    const server = await start({ key: 'secret' });
    await post(server, { model: 'local/ngram-64', input: ['a', 'b'] }, { authorization: 'Bearer secret' });
    await fetch(`${server.url}/v1/models?per_page=100`);
    await vi.waitFor(() => expect(server.log.requests.map(({ finished }) => finished)).toEqual([true, true]));
    const [embeddings] = server.log.ofRoute('POST', '/v1/embeddings');
    expect(embeddings).toMatchObject({ texts: ['a', 'b'], status: 200, aborted: false });
    expect(embeddings?.headers.authorization).toBe('Bearer secret');
    expect(server.log.requests[1]).toMatchObject({
      method: 'GET',
      path: '/v1/models',
      query: '?per_page=100',
    });
    server.log.clear();
    expect(server.log.requests).toEqual([]);
  });

  it('sees the client leave', async () => {
    const server = await start({ faults: ['slow'], delayMs: 60_000 });
    const abort = new AbortController();
    const sent = fetch(`${server.url}/v1/embeddings`, {
      method: 'POST',
      body: JSON.stringify({ model: 'local/ngram-64', input: 'a' }),
      signal: abort.signal,
    });
    const failed = expect(sent).rejects.toThrow();
    await vi.waitFor(() => expect(server.log.requests[0]?.texts).toEqual(['a']));
    expect(server.log.inFlight).toBe(1);
    abort.abort();
    await failed;
    await vi.waitFor(() => expect(server.log.requests[0]).toMatchObject({ finished: true, aborted: true }));
    expect(server.log.requests[0]?.status).toBeUndefined();
    expect(server.log.inFlight).toBe(0);
  });

  it('sees a socket that closes in the middle of the request body', async () => {
    const server = await start();
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /v1/embeddings HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{"model":');
    await vi.waitFor(() => expect(server.log.inFlight).toBe(1));
    socket.destroy();
    await vi.waitFor(() => expect(server.log.requests[0]).toMatchObject({ aborted: true }));
  });

  it('counts the most embeddings requests in flight at once', async () => {
    const server = await start({ faults: ['slow'], delayMs: 60_000 });
    const request = { model: 'local/ngram-64', input: 'a' };
    const sent = [1, 2, 3].map(() => post(server, request).catch(() => undefined));
    await vi.waitFor(() => expect(server.log.inFlight).toBe(3));
    await fetch(`${server.url}/v1/models`);
    expect(server.log.maxInFlight).toBe(3);
    await running.splice(0)[0]?.close();
    await Promise.all(sent);
    expect(server.log.inFlight).toBe(0);
    expect(server.log.maxInFlight).toBe(3);
  });
});

it('refuses a port in use', async () => {
  const { port } = await start();
  await expect(startApiServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
