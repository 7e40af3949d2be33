import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { expect, openSample, readyMap, test } from './journey';

const mimeTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.tsv': 'text/tab-separated-values',
};

test('the served page isolates itself and names where it may connect', async ({ page, request }) => {
  await openSample(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const worker = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .find((name) => name.includes('worker')),
  );
  for (const address of ['/', worker ?? '/missing-worker']) {
    const headers = (await request.get(address)).headers();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  }
});

test('works from a sub-path of a plain static server without any header', async ({ page }) => {
  const root = join(import.meta.dirname, '../dist');
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = join(root, path.replace(/^\/tools\/explorer\//, '').replace(/^$/, 'index.html'));
    if (!path.startsWith('/tools/explorer/') || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': mimeTypes[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/tools/explorer/`);
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'Sample');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
    "default-src 'none'",
  );
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await expect(page.getByRole('region', { name: 'Matrix' })).toHaveAttribute('data-state', 'ready');
  server.closeAllConnections();
  server.close();
});
