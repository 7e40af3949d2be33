import { expect, hoverSomePoint, openSample, readyMap, shownNeighbours, test } from './journey';

test('a lost graphics context is said, and the map comes back by itself with it', async ({ page }) => {
  await openSample(page);
  const map = page.getByRole('region', { name: 'Map' });
  await hoverSomePoint(page, readyMap(page));
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText('pinned')).toBeVisible();
  const before = await shownNeighbours(page);
  const context = await map
    .locator('canvas')
    .evaluateHandle(
      (canvas: HTMLCanvasElement) => canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!,
    );
  await context.evaluate((extension) => extension.loseContext());
  await expect(map.getByRole('alert')).toContainText('comes back by itself');
  expect(await shownNeighbours(page)).toEqual(before);
  // A legend selects without a picture.
  await map.getByRole('button', { name: /^Weather/ }).hover();
  await map.getByRole('button', { name: 'Select Weather' }).click();
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('30 selected');
  await context.evaluate((extension) => extension.restoreContext());
  await expect(map.getByRole('alert')).toBeHidden();
  await hoverSomePoint(page, readyMap(page));
});
