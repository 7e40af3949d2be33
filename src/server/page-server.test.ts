import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApiServer } from '../../e2e/server/api-server';
import { pageHeaders } from './page-headers';
import { createPageServer } from './page-server';

const page = '<!doctype html><title>page</title>';
const script = `export const words = ${JSON.stringify('sea '.repeat(500))};\n`;
let folder: string;
let url: string;
let api: Awaited<ReturnType<typeof startApiServer>>;
let server: ReturnType<typeof createPageServer>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await mkdir(join(folder, 'dist/assets'), { recursive: true });
  await writeFile(join(folder, 'dist/index.html'), page);
  await writeFile(join(folder, 'dist/assets/a-1.js'), script);
  await writeFile(join(folder, 'dist/assets/k.wasm'), Uint8Array.of(0, 97, 115, 109));
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(folder, 'dist/link.txt'));
  api = await startApiServer();
  server = createPageServer({ folder: join(folder, 'dist'), forwardTo: api.url });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
  await rm(folder, { recursive: true });
});

it('serves page, scripts and wasm with their types and the headers that isolate the page', async () => {
  const index = await fetch(`${url}/`);
  expect(await index.text()).toBe(page);
  expect(index.headers.get('cache-control')).toBe('no-cache');
  const asset = await fetch(`${url}/assets/a-1.js?x=1`);
  expect(await asset.text()).toBe(script);
  expect(asset.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(asset.headers.get('content-encoding')).toBe('gzip');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  const wasm = await fetch(`${url}/assets/k.wasm`, { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
  expect(wasm.headers.get('content-type')).toBe('application/wasm');
  expect(wasm.headers.get('content-length')).toBe('4');
  for (const [name, value] of Object.entries(pageHeaders))
    for (const reply of [index, asset, wasm]) expect(reply.headers.get(name), name).toBe(value);
});

/** Exactly this path; fetch would tidy it. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request(`${url}/`, { path, method }, async (reply) => {
      let body = '';
      for await (const part of reply.setEncoding('utf8')) body += part;
      resolve({ status: reply.statusCode ?? 0, body });
    });
    sent.on('error', reject).end();
  });

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/link.txt',
  '/assets',
  '/missing.js',
  '/%',
  '/a%00b',
  '//etc/passwd',
])('has nothing at %s', async (path) => {
  const { status, body } = await ask(path);
  expect(status).toBe(404);
  expect(body).not.toContain('secret');
});

it('is only read from, and forwards what belongs to the API', async () => {
  expect((await ask('/', 'POST')).status).toBe(405);
  const catalog = await fetch(`${url}/featherless/v1/models`);
  expect(catalog.status).toBe(200);
  expect(JSON.stringify(await catalog.json())).toContain('ngram-64');
  expect((await fetch(`${url}/featherless/v1/other`)).status).toBe(404);
});
