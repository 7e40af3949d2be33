import { chromiumLaunch } from './chromium';
import { expect, shownNeighbours, test } from './journey';

const { args, ...launch } = chromiumLaunch();
test.use({ launchOptions: { ...launch, args: [...args, '--disable-3d-apis'] } });

test('without WebGL the map says so, table and inspector work, and the matrix is drawn all the same', async ({
  page,
}) => {
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

  await page.getByRole('tab', { name: 'Matrix' }).click();
  const matrix = page.getByRole('region', { name: 'Matrix' });
  await expect(matrix.getByText('Drawn without the graphics card')).toBeVisible();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  const canvas = matrix.locator('canvas');
  const drawn = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { width, height } = element;
      const { data } = element.getContext('2d')!.getImageData(width / 2 - 20, height / 2 - 20, 40, 40);
      return { isWhole: data.every((value, i) => i % 4 !== 3 || value === 255), bytes: data.join(' ') };
    });
  await expect.poll(async () => (await drawn()).isWhole).toBe(true);
  const before = (await drawn()).bytes;
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(matrix.getByRole('tooltip').locator('data[value]')).toBeVisible();
  await page.mouse.wheel(0, -400);
  await expect.poll(async () => (await drawn()).bytes).not.toBe(before);
  const zoomed = (await drawn()).bytes;
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 - 90, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => (await drawn()).bytes).not.toBe(zoomed);
});
