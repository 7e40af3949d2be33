import { expect, openPage, test } from './journey';

test('a connection is tried step by step, and the result can be copied', async ({ page, api, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPage(page);
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
