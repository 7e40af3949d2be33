import {
  embedWith,
  expect,
  nearestRows,
  openPage,
  pasteTexts,
  readyMap,
  runItem,
  shownNeighbours,
  test,
  uploadFile,
} from './journey';
import { embedText } from './server/embed-text';

const words = [
  'river',
  'mountain',
  'piano',
  'lamp',
  'window',
  'garden',
  'engine',
  'ticket',
  'harbour',
  'pencil',
];
/** The server answers two requests and keeps all others waiting until it is told otherwise. */
const held = { delayMs: 120_000, sparedRequests: 2 };
const verbs = ['crosses', 'follows', 'carries', 'paints', 'repairs', 'finds', 'loses'];
/** 140 sentences that share words in a regular way. */
const sentences = Array.from({ length: 140 }, (_, i) => {
  const word = words[i % words.length]!;
  const other = words[(3 * i + 1) % words.length]!;
  return `The ${word} ${verbs[i % verbs.length]} the ${other} number ${i}`;
});

async function pinRow(page: import('@playwright/test').Page, row: number): Promise<void> {
  const inspector = page.getByRole('region', { name: 'Inspector' });
  // From any row one gets to the wanted one by its neighbours only by luck, so the view is asked for it by reload.
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('murmuration');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const transaction = open.result.transaction('settings', 'readwrite');
          const store = transaction.objectStore('settings');
          const get = store.get('view');
          get.onsuccess = () => store.put({ ...get.result, pinned: wanted }, 'view');
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
    row,
  );
  await page.reload();
  await expect(inspector.getByText(`Row ${row}`)).toBeVisible();
}

test('a CSV goes through HTTP into a map whose neighbours are those of the server’s vectors; a reload brings all back without asking the server', async ({
  page,
  api,
}) => {
  await openPage(page);
  const csv = `id,sentence,kind\n${sentences.map((text, i) => `${i},"${text}",${words[i % 10]}`).join('\n')}`;
  await uploadFile(page, { name: 'sentences.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await embedWith(page, api, 'local/ngram-256');
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/done/);
  const map = readyMap(page);
  await expect(map).toHaveAttribute('data-run', /^local\/ngram-256#/);
  await expect(map).toHaveAttribute('data-points', String(sentences.length));
  await expect(runItem(page, 'local/ngram-256')).toContainText('256 numbers');

  const vectors = sentences.map((text) => embedText('local/ngram-256', text));
  for (const row of [0, 77]) {
    await page.waitForTimeout(400); // the view is stored shortly after a change
    await pinRow(page, row);
    const expected = nearestRows(vectors, row, 10);
    const shown = await shownNeighbours(page);
    expect(shown.map((near) => near.row)).toEqual(expected.map((near) => near.row));
    shown.forEach(({ similarity }, i) => {
      // The screen shows two decimals.
      expect(Math.abs(similarity - expected[i]!.similarity)).toBeLessThan(0.00501);
    });
  }

  const embeddings = api.log.ofRoute('POST', '/v1/embeddings');
  expect(embeddings.flatMap(({ texts }) => texts).sort()).toEqual([...sentences].sort());
  expect(api.log.maxInFlight).toBeLessThanOrEqual(2);
  for (const { texts, body } of embeddings) {
    expect(texts.length).toBeLessThanOrEqual(512);
    expect(body).toMatchObject({ encoding_format: expect.stringMatching(/^(float|base64)$/) });
    expect(body).not.toHaveProperty('dimensions');
  }

  await page.getByRole('tab', { name: 'Matrix' }).click();
  const matrix = page.getByRole('region', { name: 'Matrix' });
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  const before = await exportVectors(page);
  api.log.clear();
  await page.reload();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  await expect(matrix).toHaveAttribute('data-rows', String(sentences.length));
  await expect(matrix).toHaveAttribute('data-run', /^local\/ngram-256#/);
  expect((await exportVectors(page)).equals(before)).toBe(true);
  expect(api.log.requests).toHaveLength(0);
});

async function exportVectors(page: import('@playwright/test').Page): Promise<Buffer> {
  const { readFileSync } = await import('node:fs');
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Vectors (NPY)' }).click();
  return readFileSync(await (await started).path());
}

test('a wrong key is said, and the right one goes on from there; a server that is down is said, and nothing is lost', async ({
  page,
  api,
  watch,
}) => {
  const { startApiServer } = await import('./server/api-server');
  const guarded = await startApiServer({ key: 'right-key-123' });
  watch.expectFailure('/v1/embeddings', 401);
  // A catalog on its way is asked for again when the key changes.
  watch.expectFailure('/v1/models', 'no answer');
  await openPage(page);
  await pasteTexts(page, sentences.slice(0, 40));
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${guarded.url}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
  await panel.getByLabel('API key').fill('wrong-key-456');
  await panel.getByLabel('API key').press('Enter');
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  await panel.getByRole('button', { name: 'Embed' }).click();
  const run = runItem(page, 'local/ngram-64');
  await expect(page.getByRole('alert').filter({ hasText: /key/i }).first()).toBeVisible();
  expect(
    guarded.log.requests.filter(({ path, status }) => path === '/v1/embeddings' && status === 200),
  ).toHaveLength(0);

  await panel.getByRole('button', { name: 'Key' }).click();
  await panel.getByLabel('API key').fill('right-key-123');
  await panel.getByLabel('API key').press('Enter');
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toHaveAccessibleName(/done/);

  const stored = await page.evaluate(async () => {
    const dump: unknown[] = [
      { ...localStorage },
      { ...sessionStorage },
      location.href,
      document.documentElement.outerHTML,
    ];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const open = indexedDB.open(name!);
        open.onsuccess = () => resolve(open.result);
      });
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        dump.push(
          await new Promise((resolve) => {
            all.onsuccess = () => resolve(all.result);
          }),
        );
      }
      database.close();
    }
    return JSON.stringify(dump);
  });
  expect(stored).not.toContain('right-key-123');
  expect(stored).not.toContain('wrong-key-456');
  expect(api.log.requests).toHaveLength(0);
  await guarded.close();

  const server = await startApiServer();
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
  await panel.getByRole('option', { name: 'local/ngram-256' }).click();
  await server.close();
  watch.expectFailure('/v1/embeddings', 'no answer');
  await panel.getByRole('button', { name: 'Embed' }).click();
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: /reach|answer/i })
      .first(),
  ).toBeVisible();
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/stopped/);
  await expect(readyMap(page)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  await expect(readyMap(page)).toHaveAttribute('data-points', '40');
});

test('cancel closes the request and keeps what came; resume sends only the rest', async ({
  page,
  api,
  watch,
}) => {
  watch.expectFailure('/v1/embeddings', 'no answer');
  await openPage(page);
  await pasteTexts(page, sentences);
  api.setFaults(['slow'], held);
  await embedWith(page, api, 'local/ngram-64');
  const run = runItem(page, 'local/ngram-64');
  await expect(run).toHaveAccessibleName(/running [1-9]\d* %/);
  await run.getByRole('button', { name: 'Cancel' }).click();
  await expect(run).toHaveAccessibleName(/cancelled/);
  await expect.poll(() => api.log.requests.some(({ aborted }) => aborted)).toBe(true);

  const delivered = api.log.requests
    .filter(({ path, status }) => path === '/v1/embeddings' && status === 200)
    .flatMap(({ texts }) => texts);
  expect(delivered.length).toBeGreaterThan(0);
  api.log.clear();
  api.setFaults([]);
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toHaveAccessibleName(/done/);
  const sentAgain = api.log.requests.flatMap(({ texts }) => texts);
  expect(sentAgain.filter((text) => delivered.includes(text))).toEqual([]);
  expect(sentAgain.length + delivered.length).toBe(sentences.length);
});

test('a run goes on while other texts are shown, says so, and has all its vectors when one comes back', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, sentences);
  api.setFaults(['slow'], held);
  await embedWith(page, api, 'local/ngram-64');
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/running [1-9]\d* %/);
  await pasteTexts(page, ['another set of texts', 'with a second line', 'and a third line']);
  await expect(page.getByRole('status', { name: 'Progress' })).toContainText(/ngram-64/);
  await expect(page.getByRole('button', { name: /Pasted texts 3 rows/ })).toBeVisible();
  await expect(page.getByText(/No text has left this browser/)).toBeHidden();
  api.setFaults([]);
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  const run = runItem(page, 'local/ngram-64');
  await expect(run).toHaveAccessibleName(/done/, { timeout: 30_000 });
  await expect(run).toContainText(`${sentences.length} of ${sentences.length}`);
  // It may have ended while the other texts were shown, and a run that ends unseen changes no picture.
  await run.getByRole('button', { name: 'ngram-64', exact: true }).click();
  await expect(page.locator('[data-run^="local/ngram-64#"][data-state="ready"]')).toHaveAttribute(
    'data-points',
    String(sentences.length),
  );
  const npy = await exportVectors(page);
  const start = 10 + npy.readUInt16LE(8);
  for (const row of [0, 31, 32, 64, sentences.length - 1]) {
    const expected = embedText('local/ngram-64', sentences[row]!);
    expected.forEach((value, i) => {
      expect(npy.readFloatLE(start + 4 * (64 * row + i))).toBeCloseTo(value, 5);
    });
  }
});

test('a text that fails leaves its row with a reason, the others arrive; Retry failed sends only that', async ({
  page,
  api,
  watch,
}) => {
  watch.expectFailure('/v1/embeddings', 500);
  await openPage(page);
  await pasteTexts(
    page,
    sentences.slice(0, 96).map((text, i) => (i === 40 ? `${text} poisonous` : text)),
  );
  api.setFaults(['poison'], { poison: 'poisonous' });
  await embedWith(page, api, 'local/ngram-64');
  const run = runItem(page, 'local/ngram-64');
  await expect(run).toHaveAccessibleName(/1 failed/, { timeout: 30_000 });
  await expect(readyMap(page)).toHaveAttribute('data-points', '95');
  // Embedding with the same model again would send nothing, and the plan says so.
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  const plan = panel.getByRole('region', { name: 'Before you embed' });
  await expect(plan.getByText('1 row failed before and waits for Retry failed')).toBeVisible();
  api.setFaults([]);
  api.log.clear();
  await run.getByRole('button', { name: 'Retry failed' }).click();
  await expect(run).toHaveAccessibleName(/done/);
  expect(api.log.requests.flatMap(({ texts }) => texts)).toHaveLength(1);
  await expect(readyMap(page)).toHaveAttribute('data-points', '96');
});
