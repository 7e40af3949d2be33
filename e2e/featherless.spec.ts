import { featherlessHost as host, standInForFeatherless, withoutForwarder } from './featherless-stand-in';
import { expect, openPage, openSample, pasteTexts, readyMap, runItem, test } from './journey';
import { startApiServer } from './server/api-server';

const texts = Array.from({ length: 40 }, (_, row) => `Sentence ${row} about the ${(row * 7) % 31} boats`);

test('the catalog is asked when told to, page by page; a key goes with the texts and nothing else; a gated model’s page is one click away', async ({
  page,
  watch,
}) => {
  const server = await startApiServer({ key: 'a-key-of-mine', catalogSize: 2600 });
  const sent: { url: string; headers: Record<string, string> }[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(host)) sent.push({ url: request.url(), headers: request.headers() });
  });
  await standInForFeatherless(page, server, watch);
  await openSample(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await expect(panel.getByRole('combobox', { name: 'Provider' })).toHaveValue(/featherless/i);
  expect(sent).toEqual([]);

  await panel.getByRole('button', { name: 'Load catalog' }).click();
  const catalog = panel.getByRole('listbox', { name: 'Catalog' });
  await expect(catalog.getByRole('option').first()).toBeVisible();
  await expect(catalog.getByRole('option')).toHaveCount(200);
  const total = Number(await catalog.getByRole('option').first().getAttribute('aria-setsize'));
  const rows = (await (await fetch(`${server.url}/v1/models?modalities=embedding`)).json()) as {
    data: { id: string }[];
  };
  const ids = new Set(rows.data.map(({ id }) => id));
  expect(total).toBeGreaterThan(1000);
  expect(total).toBeLessThanOrEqual(ids.size);
  const asked = sent.map(({ url }) => new URL(url).searchParams);
  expect(asked.length).toBeGreaterThan(1);
  asked.forEach((query, i) => {
    expect(query.get('modalities')).toBe('embedding');
    expect(query.get('per_page')).toBe('1000');
    expect(query.get('page')).toBe(String(i + 1));
  });
  for (const { headers } of sent) expect(headers.authorization).toBeUndefined();

  await panel.getByRole('searchbox', { name: 'Search models' }).fill('ngram-64');
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  sent.length = 0;
  await panel.getByRole('button', { name: 'Embed' }).click();
  await expect(panel.getByRole('alert')).toContainText(/key/i);
  expect(sent).toEqual([]);

  await panel.getByLabel('API key').fill('a-key-of-mine');
  await panel.getByLabel('API key').press('Enter');
  await panel.getByRole('button', { name: 'Embed' }).click();
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/, { timeout: 30_000 });
  await expect(readyMap(page)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  await expect(page.getByText(/api\.featherless\.ai only/)).toBeVisible();

  const embeddings = server.log.ofRoute('POST', '/v1/embeddings');
  expect(embeddings.length).toBeGreaterThan(5);
  for (const { headers } of embeddings) expect(headers.authorization).toBe('Bearer a-key-of-mine');
  for (const { headers } of sent) {
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([]);
  }

  watch.expectFailure('/v1/embeddings', 403);
  server.setFaults(['gated']);
  await panel.getByRole('searchbox', { name: 'Search models' }).fill('ngram-256');
  await panel.getByRole('option', { name: 'local/ngram-256' }).click();
  await panel.getByRole('button', { name: 'Embed' }).click();
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/stopped$/);
  await expect(
    runItem(page, 'local/ngram-256').getByRole('link', { name: 'Page of local/ngram-256' }),
  ).toHaveAttribute('href', 'https://featherless.ai/models/local/ngram-256');
  await server.close();
});

test('a catalog out of reach is said, and a model can still be named by hand', async ({ page, watch }) => {
  watch.expectFailure(host, 'no answer');
  await withoutForwarder(page, watch);
  await page.route(`${host}/**`, (route) => route.abort('failed'));
  await openPage(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('button', { name: 'Load catalog' }).click();
  await expect(panel.getByRole('alert')).toBeVisible();
  await expect(panel.getByText('Qwen/Qwen3-Embedding-8B').first()).toBeVisible();
  await expect(panel.getByText(/from the documentation/).first()).toBeVisible();
  await panel.getByRole('textbox', { name: 'Model id' }).fill('some-org/some-model');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(panel.getByRole('option', { name: 'some-org/some-model' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('dimensions go with the request, make another run, and the length that came is shown', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, texts);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${api.url}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
  const embed = async (dimensions: string) => {
    await panel.getByRole('option', { name: 'local/ngram-1024' }).click();
    await panel.getByRole('spinbutton', { name: 'Dimensions' }).fill(dimensions);
    await panel.getByRole('button', { name: 'Embed' }).click();
  };
  await embed('128');
  await expect(runItem(page, 'local/ngram-1024').filter({ hasText: '128 numbers' })).toHaveAccessibleName(
    /done/,
  );
  await embed('');
  await expect(runItem(page, 'local/ngram-1024').filter({ hasText: '1,024 numbers' })).toHaveAccessibleName(
    /done/,
    {
      timeout: 30_000,
    },
  );
  const bodies = api.log.ofRoute('POST', '/v1/embeddings').map(({ body }) => body as { dimensions?: number });
  expect(bodies.some(({ dimensions }) => dimensions === 128)).toBe(true);
  expect(bodies.some((body) => !('dimensions' in body))).toBe(true);
});
