import { cosine, embedWith, expect, openSample, pasteTexts, runItem, test } from './journey';
import { embedText } from './server/embed-text';

const texts = Array.from(
  { length: 40 },
  (_, i) => `${['river', 'piano', 'lamp', 'garden'][i % 4]} number ${i} of the list`,
);

test('a connection is tried step by step, and the result can be copied', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSample(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${api.url}/v1`);
  await panel.getByLabel('API key').fill('some-secret-key');
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText(/sends 3 requests with the text ‘hello’/)).toBeVisible();
  await panel.getByRole('button', { name: 'Check connection' }).click();
  await expect(panel.getByText('Choose a model first. Nothing was sent.')).toBeVisible();
  expect(api.log.ofRoute('POST', '/v1/embeddings')).toEqual([]);

  await panel.getByRole('option', { name: 'local/ngram-1024' }).click();
  await panel.getByRole('button', { name: 'Check connection' }).click();
  await panel.getByRole('button', { name: 'Copy' }).click();
  await expect(panel.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').map((line) => line.split(':')[0])).toEqual([
    `Connection to 127.0.0.1`,
    'Route',
    'Catalog',
    'Plan',
    'Embedding',
    'base64',
    'Dimensions',
    'CORS',
  ]);
  expect(copied).toContain('1,024 numbers');
  expect(copied).toContain('the same vector came as base64');
  expect(copied).toContain('512 numbers came as asked, the first ones of the 1,024');
  expect(copied).not.toContain('some-secret-key');
  expect(api.log.ofRoute('POST', '/v1/embeddings').map((request) => request.texts)).toEqual([
    ['hello'],
    ['hello'],
    ['hello'],
  ]);
});

test('a typed text is embedded once by a run’s model, and its nearest rows are those of the server’s vectors', async ({
  page,
  api,
}) => {
  await openSample(page);
  await pasteTexts(page, texts);
  await embedWith(page, api, 'local/ngram-256');
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/done/);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const field = inspector.getByRole('textbox', { name: 'Nearest to a text you type' });
  const runs = inspector.getByRole('combobox', { name: 'Run of the typed text' });
  await expect(runs.locator('option:checked')).toHaveText(/ngram-256/);
  api.log.clear();
  const typed = 'a piano in the garden';
  await field.fill(typed);
  expect(api.log.requests).toEqual([]);
  await field.press('Enter');
  const list = inspector.getByRole('list', { name: 'Nearest to the typed text' });
  await expect(list.getByRole('listitem')).toHaveCount(10);
  await expect(list.getByText(/closer than \d+\.\d % of pairs/).first()).toBeVisible();
  const rows = () =>
    list
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => Number(button.getAttribute('data-row'))));
  const query = embedText('local/ngram-256', typed);
  const expected = texts
    .map((text, row) => ({ row, similarity: cosine(query, embedText('local/ngram-256', text)) }))
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
    .slice(0, 10);
  expect(await rows()).toEqual(expected.map(({ row }) => row));
  await expect(list.getByRole('listitem').first()).toContainText(expected[0]!.similarity.toFixed(2));

  // The same text again, and there and back, asks nobody; a baseline answers in the tab.
  await field.press('Enter');
  const remote = await runs.inputValue();
  await runs.selectOption({ index: 0 });
  await field.press('Enter');
  await expect(list.getByRole('listitem').first()).toContainText(/piano|garden/);
  await runs.selectOption(remote);
  await field.press('Enter');
  await expect.poll(rows).toEqual(expected.map(({ row }) => row));
  expect(api.log.ofRoute('POST', '/v1/embeddings').map((request) => request.texts)).toEqual([[typed]]);
});
