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

  // The maps of the comparison likewise.
  await page.getByRole('tab', { name: 'Compare' }).click();
  const comparison = page.getByRole('region', { name: 'Compare' });
  await expect(comparison.locator('[data-run][data-state="ready"]')).toHaveCount(2);
  const shared = await comparison
    .locator('canvas')
    .evaluateHandle(
      (canvas: HTMLCanvasElement) => canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!,
    );
  await shared.evaluate((extension) => extension.loseContext());
  await expect(comparison.getByRole('alert')).toContainText('come back by themselves');
  await expect(comparison.getByRole('button', { name: 'Distance lens' })).toBeHidden();
  await shared.evaluate((extension) => extension.restoreContext());
  await expect(comparison.getByRole('alert')).toBeHidden();
  await expect(page.getByRole('status', { name: 'Progress' })).toContainText('Ready', { timeout: 30_000 });
  // Without a pin the inspector reads what is hovered.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText('pinned')).toBeHidden();
  await hoverSomePoint(page, comparison.locator('[data-run][data-points]').nth(1));
});
