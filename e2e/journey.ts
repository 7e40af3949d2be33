import { readFileSync } from 'node:fs';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import Papa from 'papaparse';
import { type ApiServer, startApiServer } from './server/api-server';

export interface Watch {
  /** Says that a request whose address contains `url` will fail with this status, or not be answered at all. */
  expectFailure(url: string, status: number | 'no answer'): void;
}

/**
 * A journey's page fails it by any uncaught error, console error or failed request that was not announced. `api` is a
 * local server of its own for each journey.
 */
export const test = base.extend<{ watch: Watch; api: ApiServer }>({
  watch: [
    async ({ page }, use) => {
      const announced: { url: string; status: number | 'no answer' }[] = [];
      const unexpected: string[] = [];
      page.on('pageerror', (error) => unexpected.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        const failedLoad =
          message.text().startsWith('Failed to load resource') || message.text().includes('net::ERR');
        const blocked = message.text().includes('blocked by CORS policy');
        if (message.type() === 'error' && !failedLoad && !blocked)
          unexpected.push(`console: ${message.text()}`);
      });
      page.on('response', (response) => {
        const isAnnounced = announced.some(
          ({ url, status }) => response.url().includes(url) && response.status() === status,
        );
        if (response.status() >= 400 && !isAnnounced)
          unexpected.push(`${response.status()} from ${response.url()}`);
      });
      page.on('requestfailed', (request) => {
        const isAnnounced = announced.some(
          ({ url, status }) => request.url().includes(url) && status === 'no answer',
        );
        // Chromium drops the icon of a page that is left before it has come.
        const leftBehind =
          request.url().endsWith('/favicon.svg') && request.failure()?.errorText === 'net::ERR_ABORTED';
        if (!isAnnounced && !leftBehind && !request.url().startsWith('blob:'))
          unexpected.push(`${request.failure()?.errorText} at ${request.url()}`);
      });
      await use({ expectFailure: (url, status) => announced.push({ url, status }) });
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it needs from the pattern
  api: async ({}, use) => {
    const server = await startApiServer();
    await use(server);
    await server.close();
  },
});

export { expect };

/** The drawn map, once its projection has run its full course. */
export function readyMap(page: Page): Locator {
  return page.getByRole('region', { name: 'Map' }).locator('[data-run][data-state="ready"]');
}

const sampleFile = /sample-[^/]*\.tsv$/;
const headAndFewRows = 13;

/**
 * Opens the page and waits for the sample's texts only: for journeys that bring their own at once. Until then the sample
 * is served with a few rows, so that little is computed of what nobody looks at.
 */
export async function openPage(page: Page): Promise<void> {
  await page.route(sampleFile, async (route) => {
    const response = await route.fetch();
    const lines = (await response.text()).split('\n');
    await route.fulfill({ response, body: lines.slice(0, headAndFewRows).join('\n') });
  });
  await page.goto('/');
  await expect(page.getByRole('status', { name: 'Progress' })).not.toHaveText('Opening');
  await page.unroute(sampleFile);
}

/** Opens the page and waits for the sample's finished map. */
export async function openSample(page: Page): Promise<void> {
  await page.goto('/');
  await expect(readyMap(page)).toBeVisible();
}

/** Puts texts into the page through the dialog. */
export async function pasteTexts(page: Page, texts: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog.getByRole('textbox', { name: 'Texts' }).fill(texts.join('\n'));
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(dialog).toBeHidden();
}

/** Puts a file into the page through the dialog. */
export async function uploadFile(
  page: Page,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog.getByLabel('Upload file').setInputFiles(file);
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(dialog).toBeHidden();
}

/** Points the panel at a server and embeds with one of its models. */
export async function embedWith(page: Page, server: { url: string }, ...models: string[]): Promise<void> {
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
  for (const model of models) await panel.getByRole('option', { name: model }).click();
  await panel.getByRole('button', { name: 'Embed' }).click();
}

/** Presses a button that saves a table, and returns the file's lines, cells by comma. */
export async function saveCsv(page: Page, name: string): Promise<string[][]> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const path = await (await started).path();
  const { data } = Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd());
  return data;
}

/** The item of a run in the panel, by its model. */
export function runItem(page: Page, model: string): Locator {
  return page.getByRole('list', { name: 'Runs' }).getByRole('listitem', { name: model });
}

/** Rows listed as neighbours of the pinned row in the active run, nearest first, with the cosine that is shown. */
export async function shownNeighbours(page: Page): Promise<{ row: number; similarity: number }[]> {
  const list = page
    .getByRole('region', { name: 'Inspector' })
    .getByRole('list', { name: 'Neighbours', exact: true });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  return list.getByRole('listitem').evaluateAll((items) =>
    items.map((item) => ({
      row: Number(item.querySelector('[data-row]')?.getAttribute('data-row')),
      similarity: Number(/(-?\d\.\d\d)\s*$/.exec(item.textContent ?? '')?.[1]),
    })),
  );
}

/** Cosine in float64. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}

/** The k nearest rows by cosine, ties by index; computed from the server's own vectors. */
export function nearestRows(
  vectors: readonly ArrayLike<number>[],
  row: number,
  k: number,
): { row: number; similarity: number }[] {
  return vectors
    .map((vector, other) => ({ row: other, similarity: cosine(vectors[row]!, vector) }))
    .filter((other) => other.row !== row)
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
    .slice(0, k);
}

/**
 * Moves the pointer over a drawn map until it rests on a point, and returns that point's row. A map's hover ring says
 * which one it is.
 */
export async function hoverSomePoint(page: Page, map: Locator): Promise<number> {
  const ring = map.locator('svg [data-mark="hover"]');
  const box = (await map.boundingBox())!;
  for (let y = 0.12; y < 0.95; y += 0.03) {
    for (let x = 0.05; x < 0.95; x += 0.03) {
      const place = { x: box.x + box.width * x, y: box.y + box.height * y };
      await page.mouse.move(place.x, place.y);
      if ((await ring.count()) === 0) continue;
      const row = await ring.first().getAttribute('data-row');
      const inspector = page.getByRole('region', { name: 'Inspector' });
      await expect(inspector.getByText(`Row ${row}`, { exact: false }).first()).toBeVisible();
      if ((await ring.first().getAttribute('data-row')) === row) return Number(row);
    }
  }
  throw new Error('No point was found under the pointer.');
}
