import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiServer, startApiServer } from '../../e2e/server/api-server';
import { createForwarder } from './featherless-forwarder';

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(server: Server): Promise<string> {
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function forwardTo(origin: string): Promise<string> {
  return listen(createServer(createForwarder(origin)));
}

async function startApi(options: Parameters<typeof startApiServer>[0] = {}): Promise<ApiServer> {
  const api = await startApiServer(options);
  closers.push(() => api.close());
  return api;
}

interface RawReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Sends exactly what it is given; fetch would add, drop and decode. */
function send(
  origin: string,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<RawReply> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, async (reply) => {
      const parts: Buffer[] = [];
      try {
        for await (const part of reply) parts.push(part as Buffer);
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(parts) });
      } catch (error) {
        reject(error as Error);
      }
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the forwarder lets through', () => {
  it('the catalog, one model, the plan and embeddings, with their queries, bodies and statuses', async () => {
    const api = await startApi({ key: 'k-1', catalogSize: 300 });
    const page = await forwardTo(api.url);
    const catalog = await send(page, '/v1/models?per_page=100&page=2');
    expect(catalog.status).toBe(200);
    expect(JSON.parse(catalog.body.toString())).toEqual(
      await (await fetch(`${api.url}/v1/models?per_page=100&page=2`)).json(),
    );
    for (const id of ['local/ngram-64', 'local%2Fngram-64']) {
      const model = await send(page, `/v1/models/${id}`);
      expect(JSON.parse(model.body.toString())).toMatchObject({ id: 'local/ngram-64' });
    }
    expect((await send(page, '/v1/plan')).status).toBe(401);
    const authorised = { authorization: 'Bearer k-1', 'content-type': 'application/json' };
    const plan = await send(page, '/v1/plan', { headers: authorised });
    expect(JSON.parse(plan.body.toString())).toMatchObject({ name: 'Local', concurrency: 4 });
    const body = JSON.stringify({ model: 'local/ngram-64', input: ['a text', 'ein Text – 日本'] });
    const embeddings = await send(page, '/v1/embeddings', { method: 'POST', headers: authorised, body });
    expect(embeddings.status).toBe(200);
    expect(JSON.parse(embeddings.body.toString()).data).toHaveLength(2);
    expect(api.log.ofRoute('POST', '/v1/embeddings')[0]?.texts).toEqual(['a text', 'ein Text – 日本']);
  });

  it('key, type and the browser’s name; neither cookies, Origin, Referer nor anything else', async () => {
    let seen: IncomingHttpHeaders = {};
    const origin = await listen(
      createServer((incoming, response) => {
        seen = incoming.headers;
        response.end('{}');
      }),
    );
    const page = await forwardTo(origin);
    await send(page, '/v1/models', {
      headers: {
        authorization: 'Bearer k-1',
        'user-agent': 'Mozilla/5.0 (a browser)',
        cookie: 'session=1',
        origin: 'http://127.0.0.1:4173',
        referer: 'http://127.0.0.1:4173/secret',
        'x-forwarded-for': '10.0.0.1',
        'sec-fetch-site': 'same-origin',
        'accept-language': 'de',
        te: 'trailers',
        'proxy-authorization': 'Basic eA==',
      },
    });
    expect(seen).toEqual({
      authorization: 'Bearer k-1',
      'user-agent': 'Mozilla/5.0 (a browser)',
      host: new URL(origin).host,
      connection: expect.any(String),
    });
  });

  it('Retry-After, type and encoding of the reply, no cookie, and keeps nothing', async () => {
    const origin = await listen(
      createServer((_, response) => {
        response.writeHead(429, {
          'retry-after': '7',
          'content-type': 'application/json; charset=utf-8',
          'content-encoding': 'gzip',
          'set-cookie': 'a=b',
          'x-request-id': 'r-9',
          'cache-control': 'public, max-age=3600',
        });
        response.end(gzipSync('{"error":"slow"}'));
      }),
    );
    const reply = await send(await forwardTo(origin), '/v1/models', {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(reply.status).toBe(429);
    expect(reply.headers).toMatchObject({
      'retry-after': '7',
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'r-9',
      'cache-control': 'no-store',
    });
    expect(reply.headers).not.toHaveProperty('set-cookie');
    expect(gunzipSync(reply.body).toString()).toBe('{"error":"slow"}');
  });

  it('the first part of a reply before the last has come', async () => {
    let finish: () => void = () => {};
    const origin = await listen(
      createServer((_, response) => {
        response.write('first');
        finish = () => response.end(' last');
      }),
    );
    const reader = (await fetch(`${await forwardTo(origin)}/v1/models`)).body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe(' last');
  });
});

describe('the forwarder refuses', () => {
  it.each([
    '/',
    '/v1',
    '/v1/chat/completions',
    '/v1/models/',
    '/v1/models/a/b/c',
    '/v1/models/..',
    '/v1/models/../plan',
    '/v1/models/%2e%2e/chat',
    '/v1/models/..%2fchat',
    '/v1/models/%252e%252e',
    '/v1/models/a\\b',
    '/v1/models/%',
    '/v2/models',
    '/v1/models/../../admin',
    '//evil.example/v1/models',
  ])('%s with 404', async (path) => {
    const api = await startApi();
    const { status } = await send(await forwardTo(api.url), path);
    expect(status).toBe(404);
    expect(api.log.requests).toEqual([]);
  });

  it('other methods with 405, and other sites with 403', async () => {
    const api = await startApi();
    const page = await forwardTo(api.url);
    for (const [method, path] of [
      ['POST', '/v1/models'],
      ['DELETE', '/v1/models/a/b'],
      ['PUT', '/v1/plan'],
      ['GET', '/v1/embeddings'],
    ] as const) {
      const reply = await send(page, path, { method });
      expect([reply.status, reply.headers.allow]).toEqual([405, path === '/v1/embeddings' ? 'POST' : 'GET']);
    }
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await send(page, '/v1/models', { headers })).status).toBe(403);
    expect(api.log.requests).toEqual([]);
  });

  it('a body over the limit with 413, announced or not', async () => {
    const api = await startApi();
    const page = await forwardTo(api.url);
    const announced = await send(page, '/v1/embeddings', {
      method: 'POST',
      headers: { 'content-length': String(33 * 2 ** 20) },
      body: 'x'.repeat(33 * 2 ** 20),
    });
    expect(announced.status).toBe(413);
    expect(api.log.requests).toEqual([]);
    const { hostname, port } = new URL(page);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ hostname, port, path: '/v1/embeddings', method: 'POST' }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      });
      sent.on('error', reject);
      const part = Buffer.alloc(2 ** 20, 32);
      for (let i = 0; i < 34; i++) sent.write(part);
      sent.end();
    });
    expect(status).toBe(413);
    expect(api.log.ofRoute('POST', '/v1/embeddings').every(({ body }) => body === undefined)).toBe(true);
  });

  it('to follow a redirect', async () => {
    const visits: IncomingHttpHeaders[] = [];
    const elsewhere = await listen(
      createServer((incoming, response) => {
        visits.push(incoming.headers);
        response.end('{}');
      }),
    );
    const origin = await listen(
      createServer((_, response) => {
        response.writeHead(307, { location: `${elsewhere}/v1/models` });
        response.end();
      }),
    );
    const reply = await send(await forwardTo(origin), '/v1/models', {
      headers: { authorization: 'Bearer k' },
    });
    expect(reply.status).toBe(502);
    expect(reply.headers).not.toHaveProperty('location');
    expect(visits).toEqual([]);
  });

  it('an origin that is none', () => {
    expect(() => createForwarder('nonsense')).toThrow(TypeError);
    expect(() => createForwarder('file:///etc')).toThrow(TypeError);
  });
});

describe('the forwarder and trouble', () => {
  it('says 502 where the API is not there', async () => {
    const gone = createServer();
    const origin = await listen(gone);
    gone.close();
    const reply = await send(await forwardTo(origin), '/v1/models');
    expect(reply.status).toBe(502);
    expect(JSON.parse(reply.body.toString()).error.message).toContain('could not be reached');
  });

  it('breaks off where the API breaks off', async () => {
    const api = await startApi({ faults: ['dropped'] });
    const body = JSON.stringify({ model: 'local/ngram-64', input: ['a'] });
    await expect(send(await forwardTo(api.url), '/v1/embeddings', { method: 'POST', body })).rejects.toThrow(
      /aborted|hang up|ECONNRESET/,
    );
  });

  it('ends the request to the API when the client goes away', async () => {
    const api = await startApi({ faults: ['slow'], delayMs: 20_000 });
    const page = new URL(await forwardTo(api.url));
    const body = JSON.stringify({ model: 'local/ngram-64', input: ['a'] });
    const socket = connect(Number(page.port), page.hostname);
    socket.write(
      `POST /v1/embeddings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await expect.poll(() => api.log.inFlight).toBe(1);
    socket.destroy();
    await once(socket, 'close');
    await expect.poll(() => api.log.inFlight).toBe(0);
    expect(api.log.ofRoute('POST', '/v1/embeddings')[0]).toMatchObject({ aborted: true });
  });
});
