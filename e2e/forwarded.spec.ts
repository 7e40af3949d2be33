import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featherlessHost, standInForFeatherless } from './featherless-stand-in';
import { expect, readyMap, runItem, test } from './journey';
import { startApiServer } from './server/api-server';
import { startStaticHost } from './static-host';

const key = 'a-key-of-mine';

/** The page's own server, forwarding to another API than the real one. */
async function startPage(featherlessOrigin: string): Promise<{ url: string; close(): void }> {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
  const server = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'preview'], {
    cwd: `${import.meta.dirname}/..`,
    env: { ...process.env, PORT: String(port), FEATHERLESS_ORIGIN: featherlessOrigin },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      () =>
        fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  return { url, close: () => server.kill() };
}

test('Featherless works through the page’s own server, which the screen names', async ({ page, watch }) => {
  const api = await startApiServer({ key, catalogSize: 300 });
  const own = await startPage(api.url);
  // On a busy machine the browser at times reports a same-origin reply it has read to its end as aborted; that each was
  // sent completely is asserted below, from the API's side.
  watch.expectFailure(`${own.url}/featherless/v1/`, 'no answer');
  const elsewhere: string[] = [];
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(own.url) && !/^(blob|data):/.test(request.url()))
      elsewhere.push(request.url());
    if (request.url().includes('/featherless/'))
      asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await page.context().addCookies([{ name: 'mine', value: '1', url: own.url }]);
  await page.goto(own.url);
  await expect(readyMap(page)).toBeVisible();
  expect(asked).toEqual([]);

  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('button', { name: 'Load catalog' }).click();
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  expect(asked.slice(0, 2)).toEqual(['GET /featherless/v1/models', 'GET /featherless/v1/models']);
  await expect(
    panel.getByText(/Texts go to api\.featherless\.ai through this page’s own server/),
  ).toBeVisible();
  await panel.getByLabel('API key').fill(key);
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText('Key works · plan Local, 4 requests at once')).toBeVisible();
  await panel.getByRole('button', { name: /^Embed/ }).click();
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/, { timeout: 30_000 });

  expect(elsewhere).toEqual([]);
  const probe = api.log.ofRoute('GET', '/v1/models')[0];
  expect(probe?.query).toBe('?per_page=100');
  expect(probe?.headers).not.toHaveProperty('authorization');
  const browser = await page.evaluate(() => navigator.userAgent);
  const sent = api.log.ofRoute('POST', '/v1/embeddings');
  expect(sent.length).toBeGreaterThan(5);
  for (const { headers } of sent) {
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(headers['user-agent']).toBe(browser);
    for (const name of ['cookie', 'origin', 'referer']) expect(headers).not.toHaveProperty(name);
  }

  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  watch.expectFailure('/featherless/v1/embeddings', 400); // this model cannot be cut
  await panel.getByRole('button', { name: 'Check connection' }).click();
  const findings = panel.getByRole('list', { name: 'Connection' });
  await expect(findings).toContainText('through this page’s own server');
  await expect(findings).toContainText('Plays no part');
  await expect(findings).toContainText(/Dimensions Refused.*HTTP 400/);
  expect(api.log.requests.filter(({ aborted, status }) => aborted || status === undefined)).toEqual([]);
  own.close();
  await api.close();
});

test('a key that is refused is said at once, and a run is not needed to find out', async ({
  page,
  watch,
}) => {
  const api = await startApiServer({ key });
  watch.expectFailure('/v1/plan', 401);
  await standInForFeatherless(page, api, watch);
  await page.goto('/');
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByLabel('API key').fill('not-the-key');
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByRole('alert')).toContainText('refused the key');
  await expect(panel.getByLabel('API key')).toBeVisible();
  await panel.getByLabel('API key').fill(key);
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText('Key works · plan Local, 4 requests at once')).toBeVisible();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await api.close();
});

test('a plain static server without any header shows everything; the key goes to Featherless only, never to the host', async ({
  page,
  watch,
}) => {
  const api = await startApiServer({ key });
  const build = join(import.meta.dirname, '../dist');
  const files = await mkdtemp(join(tmpdir(), 'host-'));
  await cp(build, files, { recursive: true });
  const host = await startStaticHost('/tools/explorer/', files);
  const sent: { url: string; headers: Record<string, string> }[] = [];
  page.on('request', (request) => sent.push({ url: request.url(), headers: request.headers() }));
  // The API alone is stood in for: what goes to the host really goes there.
  await standInForFeatherless(page, api, watch);
  await page.unroute('**/featherless/**');
  await page.goto(host.url);
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'Sample');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')).toContain(
    "default-src 'none'",
  );
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await expect(page.getByRole('region', { name: 'Matrix' })).toHaveAttribute('data-state', 'ready');
  await page.getByRole('tab', { name: 'Map' }).click();
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByLabel('API key').fill(key);
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText(/Key works/)).toBeVisible();
  await expect(panel.getByText(/Texts go to api\.featherless\.ai directly/)).toBeVisible();
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  await panel.getByRole('button', { name: /^Embed/ }).click();
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/, { timeout: 30_000 });

  const probes = host.visits.filter(({ path }) => path.includes('featherless'));
  expect(probes.map(({ path }) => path)).toEqual(['/featherless/v1/models']);
  for (const { headers } of host.visits) {
    expect(headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(headers)).not.toContain(key);
  }
  for (const { url, headers } of sent)
    expect(headers.authorization === undefined || new URL(url).origin === featherlessHost).toBe(true);

  // Another build takes the place of the one that is open here: what had not come yet says so, and a reload loses nothing.
  const goneParts = (await readdir(join(files, 'assets'))).filter((name) =>
    /^(comparison-view|palette)-.*\.js$/.test(name),
  );
  expect(goneParts).toHaveLength(2);
  for (const name of goneParts) {
    for (const outcome of [404, 'no answer'] as const) watch.expectFailure(name, outcome);
    await rm(join(files, 'assets', name));
  }
  await page.keyboard.press('Control+k');
  await expect(
    page.getByRole('alert').filter({ hasText: 'The list of commands could not be loaded.' }),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Compare' }).click();
  const said = page.getByRole('alert').filter({ hasText: 'The comparison could not be loaded.' });
  await expect(said).toContainText('probably replaced on the server by a newer one');
  for (const name of goneParts) await cp(join(build, 'assets', name), join(files, 'assets', name));
  await said.getByRole('button', { name: 'Reload the page' }).click();
  await expect(page.getByRole('region', { name: 'Compare', exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/);
  // The last script that the page asks the host for.
  await expect(page.getByRole('button', { name: /^Clusters: \d/ })).toBeVisible();
  host.close();
  await rm(files, { recursive: true });
  await api.close();
});
