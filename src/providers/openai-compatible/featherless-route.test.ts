import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { findFeatherlessRoute } from './featherless-route';
import { featherlessBaseUrl } from './openai-compatible-provider';

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const direct = { forwarder: null, baseUrl: featherlessBaseUrl };
const find = (origin: string) => findFeatherlessRoute(origin, new AbortController().signal);

describe('findFeatherlessRoute', () => {
  it('takes the page’s server that answers with the catalog, and asks it once without a key', async () => {
    const asked: string[] = [];
    const origin = await serve((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.end('{"data":[{"id":"a/b"},{"id":"c/d"}],"total":2}');
    });
    expect(await find(origin)).toEqual({
      forwarder: new URL(origin).host,
      baseUrl: `${origin}/featherless/v1`,
    });
    expect(asked).toEqual(['GET /featherless/v1/models?per_page=100 undefined']);
  });

  it.each([
    [404, '{"error":{"message":"no"}}'],
    [200, '<!doctype html><title>Murmuration</title>'],
    [200, '{"data":[]}'],
    [200, '{"data":[{"name":"a"}]}'],
    [200, '{"data":[{"id":"a/b"},7]}'],
    [200, '[{"id":"a/b"}]'],
    [502, '{"data":[{"id":"a/b"}]}'],
    [200, ''],
    [307, ''],
  ])('goes directly where the page’s server answers %i %s', async (status, body) => {
    const origin = await serve((_, response) => {
      response.writeHead(status, status === 307 ? { location: 'https://example.com/' } : {});
      response.end(body);
    });
    expect(await find(origin)).toEqual(direct);
  });

  it('goes directly where nothing answers, and from a page that came unencrypted over a network', async () => {
    expect(await find('http://127.0.0.1:9')).toEqual(direct);
    expect(await find('http://192.0.2.1')).toEqual(direct);
    expect(await find('null')).toEqual(direct);
  });
});
