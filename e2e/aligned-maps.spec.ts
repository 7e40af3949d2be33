import type { Locator, Page } from '@playwright/test';
import { embedWith, expect, hoverSomePoint, openPage, pasteTexts, runItem, test } from './journey';
import { startApiServer } from './server/api-server';

const subjects = ['copper', 'velvet', 'marble', 'cotton', 'silver', 'timber', 'leather', 'canvas'];
const texts = Array.from(
  { length: 120 },
  (_, i) => `${subjects[i % 8]} ${subjects[(i * 5 + 2) % 8]} workshop lot ${i} on shelf ${(i * 7) % 31}`,
);

/** Where the marks of a map stand, in pixels of the map, by kind and row. */
async function marksOf(map: Locator): Promise<Map<string, { x: number; y: number }>> {
  const marks = await map.locator('svg [data-mark][transform]').evaluateAll((elements) =>
    elements.map((element) => ({
      name: `${element.getAttribute('data-mark')} ${element.getAttribute('data-row')}`,
      place: /translate\((\S+) (\S+)\)/
        .exec(element.getAttribute('transform') ?? '')
        ?.slice(1)
        .map(Number),
    })),
  );
  return new Map(marks.map(({ name, place }) => [name, { x: place![0]!, y: place![1]! }]));
}

async function choose(page: Page, menu: RegExp, option: RegExp): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: option }).click();
}

async function openPair(page: Page, a: string, b: string): Promise<void> {
  await page.getByRole('tab', { name: 'Compare' }).click();
  const cell = page.getByRole('table', { name: /^Agreement/ }).locator(`[data-a^="${a}#"][data-b^="${b}#"]`);
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
}

test('three maps in one canvas: linked hover, zoom by the same rows, and a morph that ends in the very maps', async ({
  page,
  api,
}) => {
  const models = ['local/ngram-64', 'local/ngram-256', 'local/ngram-1024'] as const;
  await openPage(page);
  await pasteTexts(page, texts);
  await embedWith(page, api, ...models);
  for (const model of models) await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await openPair(page, models[0], models[2]);
  await page.getByRole('button', { name: /^Maps shown/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /ngram-256/ }).click();
  await page.keyboard.press('Escape');
  const maps = page.locator('[data-run][data-points]');
  await expect(maps).toHaveCount(3);
  for (const pane of [0, 1, 2]) await expect(maps.nth(pane)).toHaveAttribute('data-state', 'ready');
  await expect(page.getByText(/% left over/)).toHaveCount(2);

  // The numbers above the maps have their height.
  await expect(page.getByRole('status', { name: 'Progress' })).toContainText('Ready', { timeout: 30_000 });
  const row = await hoverSomePoint(page, maps.nth(2));
  for (const pane of [0, 1, 2])
    await expect(maps.nth(pane).locator(`svg [data-mark="hover"][data-row="${row}"]`)).toBeVisible();
  await page.mouse.down();
  await page.mouse.up();
  for (const pane of [0, 1, 2])
    await expect(maps.nth(pane).locator(`svg [data-mark="pin"][data-row="${row}"]`)).toBeVisible();
  await expect(maps.nth(1).locator(`svg [data-mark="ghost"][data-row="${row}"]`)).toBeVisible();

  // The same viewport: a morph of the first map goes in a straight line to the last one's places.
  await choose(page, /^Zoom:/, /Same viewport/);
  await page.getByRole('button', { name: 'Fit' }).click();
  const pin = `pin ${row}`;
  const target = page.locator('[data-run^="local/ngram-1024#"][data-points]');
  await choose(page, /^B:/, /ngram-1024/);
  const slider = page.getByRole('slider', { name: /^Morph from ngram-64 to ngram-1024/ });
  await expect
    .poll(async () => (await marksOf(maps.nth(1))).get(`ghost ${row}`))
    .toEqual((await marksOf(maps.nth(0))).get(pin));
  const start = (await marksOf(maps.nth(0))).get(pin)!;
  const end = (await marksOf(target)).get(pin)!;
  await slider.press('End');
  await expect.poll(async () => (await marksOf(maps.nth(0))).get(pin)).toEqual(end);
  await slider.press('Home');
  await expect.poll(async () => (await marksOf(maps.nth(0))).get(pin)).toEqual(start);
  for (let step = 0; step < 40; step++) await slider.press('ArrowRight');
  const between = (await marksOf(maps.nth(0))).get(pin)!;
  expect(between.x).toBeCloseTo(start.x + 0.4 * (end.x - start.x), 0);
  expect(between.y).toBeCloseTo(start.y + 0.4 * (end.y - start.y), 0);
  await expect(maps.nth(0)).toContainText('40 % on the way to ngram-1024');
  expect(await maps.nth(0).locator('svg line[data-mark="trail"]').count()).toBeGreaterThan(0);
  // What is under the pointer on the way is found where it is.
  const box = (await maps.nth(0).boundingBox())!;
  await page.mouse.move(box.x + between.x, box.y + between.y);
  const hovered = maps.nth(0).locator('svg [data-mark="hover"]');
  await expect(hovered).toHaveCount(1);
  const found = (await marksOf(maps.nth(0))).get(`hover ${await hovered.getAttribute('data-row')}`)!;
  expect(Math.hypot(found.x - between.x, found.y - between.y)).toBeLessThan(8);
  await page.getByRole('button', { name: /^Morph to ngram-1024/ }).click();
  await expect.poll(async () => (await marksOf(maps.nth(0))).get(pin)).toEqual(end);
  await page.getByRole('button', { name: /^Morph back to ngram-64/ }).click();
  await expect.poll(async () => (await marksOf(maps.nth(0))).get(pin)).toEqual(start);

  // The same rows: zooming into one map, the rows in its view are in view in the others.
  await choose(page, /^Zoom:/, /Same rows/);
  await page.mouse.move(box.x + start.x, box.y + start.y);
  for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, -120);
  await expect.poll(async () => (await marksOf(target)).get(pin)).not.toEqual(end);
  const lead = await marksOf(maps.nth(0));
  const size = { width: box.width, height: box.height };
  const isIn = ({ x, y }: { x: number; y: number }) =>
    x >= 0 && y >= 0 && x <= size.width && y <= size.height;
  const inView = [...lead].filter(([, place]) => isIn(place)).map(([name]) => name.split(' ')[1]);
  expect(inView.length).toBeGreaterThan(0);
  for (const other of [maps.nth(1), maps.nth(2)]) {
    const marks = await marksOf(other);
    for (const [name, place] of marks) {
      const [kind, marked] = name.split(' ');
      if (kind !== 'ghost' && inView.includes(marked)) expect(isIn(place), `${name} is in view`).toBe(true);
    }
    expect(isIn(marks.get(pin)!)).toBe(true);
  }
});

test('the same vectors under two map seeds show no disagreement at all', async ({ page, api }) => {
  const twin = await startApiServer();
  await openPage(page);
  await pasteTexts(page, texts);
  for (const server of [api, twin]) await embedWith(page, server, 'local/ngram-256');
  const runs = runItem(page, 'local/ngram-256');
  for (const run of [0, 1]) await expect(runs.nth(run)).toHaveAccessibleName(/done/);
  await page.getByRole('tab', { name: 'Compare' }).click();
  const cell = page
    .getByRole('table', { name: /^Agreement/ })
    .locator('[data-a^="local/ngram-256#"][data-b^="local/ngram-256#"]')
    .first();
  await cell.click();
  const maps = page.locator('[data-run][data-points][data-state="ready"]');
  const region = page.getByRole('region', { name: 'Compare' });
  const checkAgreement = async () => {
    await expect(maps).toHaveCount(2);
    await expect(cell).toHaveText('10.0');
    await expect(region.getByText('0 rows share 3 or fewer')).toBeVisible();
    await expect(maps.first().locator('svg line[data-mark="trail"]')).toHaveCount(0);
    await region.getByText('Moves', { exact: true }).click();
    await expect(region.getByText('No rows move together.')).toBeVisible();
    await region.getByText('Rows', { exact: true }).click();
  };
  await checkAgreement();

  // Each from its own start and with another seed: other pictures of the same.
  await choose(page, /^Start:/, /each its own/);
  await page.getByRole('tab', { name: 'Map' }).click();
  await page.getByRole('button', { name: /^Layout/ }).click();
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  await page.getByRole('button', { name: 'Draw again' }).click();
  await page.getByRole('tab', { name: 'Compare' }).click();
  await checkAgreement();
  await twin.close();
});
