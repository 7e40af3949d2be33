import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { standInForFeatherless } from './featherless-stand-in';
import { expect, openSample, runItem, test } from './journey';
import { startApiServer } from './server/api-server';

const key = 'fl-My0wnKey-7391-verySecret';

/** Every place of the page where a key could lie, each as one text. */
async function searchPage(page: Page): Promise<Record<string, string>> {
  const places = await page.evaluate(async () => {
    const found: Record<string, string> = {
      address: location.href,
      document: document.documentElement.outerHTML,
      fields: [...document.querySelectorAll('input, textarea')]
        .map((field) => (field as HTMLInputElement).value)
        .join('\n'),
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      cookies: document.cookie,
      caches: JSON.stringify(await caches.keys()),
      history: JSON.stringify(history.state),
      resources: performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join('\n'),
      window: Object.keys(window)
        .map((name) => `${name}=${String(Reflect.get(window, name)).slice(0, 2000)}`)
        .join('\n'),
    };
    const spell = (value: unknown): string =>
      JSON.stringify(value, (_, part: unknown) =>
        ArrayBuffer.isView(part)
          ? new TextDecoder().decode(new Uint8Array(part.buffer.slice(0) as ArrayBuffer))
          : part,
      );
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open(name ?? '');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
      });
      for (const store of database.objectStoreNames) {
        const all = await new Promise<unknown[]>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        found[`IndexedDB ${name} ${store}`] = spell(all);
      }
      database.close();
    }
    return found;
  });
  return places;
}

/** Places that hold the key, whole or encoded. */
async function placesOfKey(page: Page): Promise<string[]> {
  const forms = [
    key,
    btoa(key).replace(/=+$/, ''),
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
  ];
  const places = await searchPage(page);
  expect(Object.keys(places).some((name) => name.startsWith('IndexedDB'))).toBe(true);
  return Object.keys(places).filter((name) => forms.some((form) => places[name]?.includes(form)));
}

async function exportEverything(page: Page): Promise<string> {
  const parts: string[] = [];
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: 'Vectors (NPY)' })).toBeVisible();
  const items = (await page.getByRole('menuitem').allInnerTexts()).map((words) => words.split('\n')[0]!);
  // The others put rows or a picture on the clipboard, or open the settings of the report.
  const names = items.filter((name) => !name.startsWith('Copy ') && !name.endsWith('…'));
  await page.keyboard.press('Escape');
  for (const name of names) {
    await page.getByRole('button', { name: 'Export' }).click();
    const started = page.waitForEvent('download');
    await page.getByRole('menuitem').nth(items.indexOf(name)).click();
    parts.push(readFileSync(await (await started).path(), 'latin1'));
  }
  expect(parts.length).toBeGreaterThanOrEqual(10);
  return parts.join('\n');
}

test('a key is nowhere; remembered it is in one place; forgotten it is nowhere', async ({ page, watch }) => {
  test.setTimeout(120_000);
  const api = await startApiServer({ key });
  const said: string[] = [];
  const addresses: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('request', (request) => addresses.push(request.url()));
  await standInForFeatherless(page, api, watch);
  await openSample(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByLabel('API key').fill(key);
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText(/Key works/)).toBeVisible();
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  await panel.getByRole('button', { name: /^Embed/ }).click();
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/, { timeout: 30_000 });
  await page.waitForTimeout(1200); // records and view are stored shortly after a change
  expect(await placesOfKey(page)).toEqual([]);
  expect(await exportEverything(page)).not.toContain(key);

  await panel.getByRole('button', { name: 'Key', exact: true }).click();
  await panel.getByRole('checkbox', { name: 'Remember on this device' }).check();
  expect(await placesOfKey(page)).toEqual(['localStorage']);
  expect(await exportEverything(page)).not.toContain(key);
  api.log.clear();
  await page.reload();
  await expect(panel.getByText('Key given')).toBeVisible();
  expect(api.log.requests).toEqual([]);
  expect(await placesOfKey(page)).toEqual(['localStorage']);
  await panel.getByRole('button', { name: 'Load catalog' }).click();
  await expect(panel.getByText(/Key works/)).toBeVisible();

  await panel.getByRole('button', { name: 'Key', exact: true }).click();
  await panel.getByRole('button', { name: 'Forget key' }).click();
  await expect(panel.getByLabel('API key')).toBeVisible();
  expect(await placesOfKey(page)).toEqual([]);
  await page.reload();
  await expect(panel.getByLabel('API key')).toBeVisible();
  expect(await placesOfKey(page)).toEqual([]);
  expect(said.join('\n')).not.toContain(key);
  expect(addresses.join('\n')).not.toContain(key);
  await api.close();
});

test('neither a second provider nor the aim of a redirect ever gets a key', async ({ page, api, watch }) => {
  const featherless = await startApiServer({ key });
  const visits: string[] = [];
  const aim = createServer((request, response) => {
    visits.push(`${request.method} ${JSON.stringify(request.headers)}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    response.end('{"data":[{"id":"stolen"}]}');
  });
  const redirecting = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    response.writeHead(307, { Location: `http://127.0.0.1:${portOf(aim)}/v1/models` }).end();
  });
  const portOf = (server: typeof aim) => (server.address() as AddressInfo).port;
  for (const server of [aim, redirecting])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  watch.expectFailure(`127.0.0.1:${portOf(redirecting)}`, 'no answer');
  watch.expectFailure(`127.0.0.1:${portOf(redirecting)}`, 307);

  await standInForFeatherless(page, featherless, watch);
  await openSample(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByLabel('API key').fill(key);
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText(/Key works/)).toBeVisible();

  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${api.url}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  await panel.getByRole('button', { name: /^Embed/ }).click();
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/, { timeout: 30_000 });
  expect(JSON.stringify(api.log.requests.map(({ headers, query }) => [headers, query]))).not.toContain(key);
  for (const { headers } of api.log.requests) expect(headers).not.toHaveProperty('authorization');

  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`http://127.0.0.1:${portOf(redirecting)}/v1`);
  await panel.getByLabel('API key').fill('another-key-1234');
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByRole('alert').first()).toContainText('could not be reached');
  expect(visits).toEqual([]);
  for (const server of [aim, redirecting]) {
    server.closeAllConnections();
    server.close();
  }
  await featherless.close();
});
