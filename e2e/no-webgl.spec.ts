import { chromiumLaunch } from './chromium';
import { expect, shownNeighbours, test } from './journey';

const { args, ...launch } = chromiumLaunch();
test.use({ launchOptions: { ...launch, args: [...args, '--disable-3d-apis'] } });

test('without WebGL the map says so, and table and inspector work', async ({ page }) => {
  await page.goto('/');
  const map = page.getByRole('region', { name: 'Map' });
  await expect(map.getByRole('alert')).toContainText('no WebGL');
  expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBeNull();
  await map.getByRole('button', { name: 'Try again' }).click();
  await expect(map.getByRole('alert')).toContainText('no WebGL');
  await map.getByRole('button', { name: 'Open the table' }).click();
  const table = page.getByRole('region', { name: 'Table' });
  await table.getByRole('row').nth(3).click();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText('pinned')).toBeVisible();
  expect((await shownNeighbours(page)).length).toBe(10);
});
