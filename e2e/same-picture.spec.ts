import { readFileSync } from 'node:fs';
import { expect, openSample, test } from './journey';

test('the same seed gives the same coordinates in two fresh contexts, another seed does not', async ({
  page,
  browser,
}) => {
  const places = async (target: typeof page) => {
    const started = target.waitForEvent('download');
    await target.getByRole('button', { name: 'Export' }).click();
    await target.getByRole('menuitem', { name: 'Points (CSV)' }).click();
    return readFileSync(await (await started).path(), 'utf8');
  };
  await openSample(page);
  const first = await places(page);
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
