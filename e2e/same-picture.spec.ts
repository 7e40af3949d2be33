import { readFileSync } from 'node:fs';
import { expect, openSample, readyMap, test } from './journey';

test('the same seed gives the same coordinates in two fresh contexts, another seed or the reference engine does not', async ({
  page,
  browser,
}) => {
  const places = async (target: typeof page) => {
    const started = target.waitForEvent('download');
    await target.getByRole('button', { name: 'Export' }).click();
    await target.getByRole('menuitem', { name: 'Points (CSV)' }).click();
    return readFileSync(await (await started).path(), 'utf8');
  };
  const choose = async (name: string) => {
    await page.getByRole('button', { name: /^Layout/ }).click();
    await page.getByRole('radiogroup', { name: 'Projection' }).getByText(name, { exact: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: `Layout: ${name}` })).toBeVisible();
    await expect(readyMap(page)).toBeVisible({ timeout: 30_000 });
  };
  await openSample(page);
  const first = await places(page);
  await choose('umap-js (reference)');
  expect(await places(page)).not.toBe(first);
  await choose('UMAP');
  expect(await places(page)).toBe(first);

  const context = await browser.newContext({ baseURL: new URL(page.url()).origin, acceptDownloads: true });
  const other = await context.newPage();
  await openSample(other);
  expect(await places(other)).toBe(first);
  await other.getByRole('button', { name: /^Layout/ }).click();
  await other.getByLabel('Seed').fill('7');
  await other.getByRole('button', { name: 'Draw again' }).click();
  await expect(other.getByText(/seed 7/)).toBeVisible();
  expect(await places(other)).not.toBe(first);
  await context.close();
});
