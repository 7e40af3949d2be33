import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProviderError } from '@/core/embedding/provider-error';
import { type RemoteRequest, sendRequest } from './send-request';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

function ask(request: Partial<RemoteRequest>) {
  return sendRequest({
    baseUrl: 'https://api.example.com/v1',
    path: '/models',
    method: 'GET',
    key: null,
    signal: new AbortController().signal,
    timeoutMs: 5000,
    ...request,
  });
}

async function errorOf(promise: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error(`No ProviderError: ${String(error)}`);
  return error;
}

function stubFetch(body = '{}', init: ResponseInit = {}) {
  const calls: { url: URL; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: URL, options: RequestInit) => {
    calls.push({ url, init: options });
    return new Response(body, init);
  });
  return calls;
}

describe('sendRequest sends', () => {
  it('no cookie, no referrer, no other header than the two, and follows nothing', async () => {
    const calls = stubFetch('{"data":[]}', { headers: { 'x-request-id': 'r-1' } });
    const reply = await ask({
      path: '/embeddings',
      method: 'POST',
      body: { input: ['日本'] },
      key: ' secret-key ',
    });
    expect(reply).toEqual({ status: 200, value: { data: [] }, requestId: 'r-1' });
    expect(calls[0]?.url.href).toBe('https://api.example.com/v1/embeddings');
    expect(calls[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"input":["日本"]}',
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
    expect(calls[0]?.init.headers).toEqual({
      Authorization: 'Bearer secret-key',
      'Content-Type': 'application/json',
    });
  });

  it('no header at all without key and body', async () => {
    const calls = stubFetch();
    await ask({ key: '', query: { modalities: 'embedding', page: 2 } });
    expect(calls[0]?.init.headers).toEqual({});
    expect(calls[0]?.url.search).toBe('?modalities=embedding&page=2');
  });

  it.each(['http://example.com/v1', 'https://u:p@example.com', 'nonsense', 'https://example.com/?a=1'])(
    'nothing to %s',
    async (baseUrl) => {
      const calls = stubFetch();
      expect((await errorOf(ask({ baseUrl }))).kind).toBe('rejected');
      expect(calls).toHaveLength(0);
    },
  );

  it('nothing with a key that cannot be one, and does not repeat it', async () => {
    const calls = stubFetch();
    for (const key of ['secret key', 'secret\nkey', 'secret–key']) {
      const error = await errorOf(ask({ key }));
      expect(error.kind).toBe('unauthorized');
      expect(String(error.stack)).not.toContain(key);
    }
    expect(calls).toHaveLength(0);
  });

  it.each([
    '/../admin',
    '..',
    '/%2e%2e/admin',
    '/a/..%2f..%2fadmin',
    '\\..\\..\\x',
    '/%252e/../..',
    './../..',
  ])('nothing to %s, which leaves the base URL', async (path) => {
    const calls = stubFetch();
    expect((await errorOf(ask({ path }))).message).toMatch(/leave the base URL/);
    expect(calls).toHaveLength(0);
  });

  it('only to the origin and below the path of the base URL, whatever the path', async () => {
    const calls = stubFetch();
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '/',
          '//',
          '\\',
          '..',
          '.',
          '@',
          ':',
          '?',
          '#',
          '%2e',
          '%2f',
          '%5c',
          '%00',
          'evil.example',
          'https:',
          '\t',
          '\n',
          'models',
          ' ',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 8 },
    );
    const bases = fc.constantFrom(
      'https://api.example.com/v1',
      'https://api.example.com',
      'http://127.0.0.1:8080/a/b/',
    );
    await fc.assert(
      fc.asyncProperty(bases, pieces, async (baseUrl, path) => {
        calls.length = 0;
        const error = await ask({ baseUrl, path: path.join(''), key: 'k' }).catch(
          (reason: unknown) => reason,
        );
        const base = new URL(baseUrl);
        for (const { url } of calls) {
          expect(url.origin).toBe(base.origin);
          expect(new URL(url.href).pathname.startsWith(base.pathname.replace(/\/*$/, '/'))).toBe(true);
          expect(url.username + url.password + url.hash + url.search).toBe('');
        }
        expect(calls.length === 1 || error instanceof ProviderError).toBe(true);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });
});

describe('sendRequest and a real server', () => {
  it('normalises errors, with Retry-After, and never repeats the key', async () => {
    const baseUrl = await serve((request, response) => {
      response.writeHead(429, { 'retry-after': '2' });
      response.end(`{"error":"slow down, ${request.headers.authorization}"}`);
    });
    const error = await errorOf(ask({ baseUrl, key: 'secret-key-1', model: 'm' }));
    expect(error).toMatchObject({ kind: 'busy', status: 429, retryAfterMs: 2000 });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('secret-key-1');
  });

  it('throws for an error inside a 200, and for what is no JSON', async () => {
    const bodies = ['{"error":{"message":"no","code":"model_not_found"}}', '<html></html>', '', '{"data":['];
    const baseUrl = await serve((_, response) => {
      response.end(bodies.shift());
    });
    const kinds: string[] = [];
    for (let i = 0; i < 4; i++) kinds.push((await errorOf(ask({ baseUrl }))).kind);
    expect(kinds).toEqual(['not-found', 'bad-reply', 'bad-reply', 'bad-reply']);
  });

  it('does not take the key elsewhere when redirected', async () => {
    const visits: string[] = [];
    const elsewhere = await serve((request, response) => {
      visits.push(String(request.headers.authorization));
      response.end('{}');
    });
    const baseUrl = await serve((_, response) => {
      response.writeHead(307, { location: `${elsewhere}/v1/models` });
      response.end();
    });
    expect((await errorOf(ask({ baseUrl, key: 'secret-key-1' }))).kind).toBe('unreachable');
    expect(visits).toEqual([]);
  });

  it('tells a server that is down, one that breaks off, and one that is silent apart', async () => {
    const down = await serve(() => {});
    servers.at(-1)?.close();
    servers.at(-1)?.closeAllConnections();
    expect(await errorOf(ask({ baseUrl: down }))).toMatchObject({ kind: 'unreachable', status: null });
    const broken = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"data"');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await errorOf(ask({ baseUrl: broken }))).toMatchObject({ kind: 'server', status: 200 });
    const silent = await serve(() => {});
    expect((await errorOf(ask({ baseUrl: silent, timeoutMs: 50 }))).kind).toBe('timeout');
  });

  it('closes the connection when cancelled, and throws AbortError', async () => {
    const controller = new AbortController();
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const baseUrl = await serve((request) => {
      request.socket.on('close', closed);
      controller.abort();
    });
    await expect(ask({ baseUrl, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await gone;
    await expect(ask({ baseUrl, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
