import type { CDPSession, Page } from '@playwright/test';
import { expect, hoverSomePoint, openSample, readyMap, test } from './journey';

test.use({ hasTouch: true });

interface Finger {
  x: number;
  y: number;
}

/** Fingers that go down together, move evenly and are lifted. */
async function move(touch: CDPSession, from: readonly Finger[], to: readonly Finger[]): Promise<void> {
  const steps = 8;
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [...from] });
  for (let step = 1; step <= steps; step++)
    await touch.send('Input.dispatchTouchEvent', {
      type: 'touchMove',
      touchPoints: from.map(({ x, y }, i) => ({
        x: x + ((to[i]!.x - x) * step) / steps,
        y: y + ((to[i]!.y - y) * step) / steps,
      })),
    });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** Where the pinned row and one of its neighbours are ringed on the map. */
async function ringedPlaces(page: Page): Promise<{ pin: Finger; apart: number }> {
  const places = await readyMap(page)
    .locator('svg')
    .first()
    .evaluate((svg) =>
      ['pin', 'ring'].map((kind) => {
        const mark = svg.querySelector(`[data-mark="${kind}"]`)!;
        const [x, y] = mark
          .getAttribute('transform')!
          .match(/-?[\d.]+/g)!
          .map(Number);
        return { x: x!, y: y! };
      }),
    );
  const [pin, ring] = places as [Finger, Finger];
  return { pin, apart: Math.hypot(pin.x - ring.x, pin.y - ring.y) };
}

test('by touch: a tap inspects the row under the finger, one finger moves the map, two zoom it, a lasso selects', async ({
  page,
}) => {
  await openSample(page);
  const touch = await page.context().newCDPSession(page);
  const map = readyMap(page);
  const row = await hoverSomePoint(page, map);
  const box = (await map.boundingBox())!;
  const mark = (await map.locator('svg [data-mark="hover"]').getAttribute('transform'))!.match(/-?[\d.]+/g)!;
  const at = { x: box.x + Number(mark[0]), y: box.y + Number(mark[1]) };
  await page.mouse.move(2, 2);
  await page.touchscreen.tap(at.x, at.y);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('pinned', { exact: true })).toBeVisible();
  await expect(inspector.getByRole('heading', { level: 2 }).first()).toHaveText(
    new RegExp(`Row ${row} pinned`),
  );

  const before = await ringedPlaces(page);
  const middle = { x: box.x + box.width * 0.55, y: box.y + box.height * 0.5 };
  await move(touch, [middle], [{ x: middle.x + 60, y: middle.y - 40 }]);
  const moved = await ringedPlaces(page);
  expect(moved.apart).toBeCloseTo(before.apart, 0);
  expect(Math.abs(moved.pin.x - before.pin.x - 60)).toBeLessThan(15);
  expect(Math.abs(moved.pin.y - before.pin.y + 40)).toBeLessThan(15);

  const spread = (px: number) => [
    { x: middle.x - px, y: middle.y },
    { x: middle.x + px, y: middle.y },
  ];
  await move(touch, spread(40), spread(120));
  const zoomed = await ringedPlaces(page);
  expect(zoomed.apart / moved.apart).toBeGreaterThan(2);
  expect(zoomed.apart / moved.apart).toBeLessThan(4);
  // Two fingers are no tap.
  await expect(inspector.getByText('pinned', { exact: true })).toBeVisible();
  await move(touch, spread(120), spread(40));
  expect((await ringedPlaces(page)).apart / moved.apart).toBeLessThan(1.5);

  await page.getByRole('button', { name: 'Fit', exact: true }).tap();
  await page.getByRole('button', { name: 'Box', exact: true }).tap();
  const corner = { x: box.x + 224, y: box.y + 4 };
  await move(touch, [corner], [{ x: box.x + box.width - 70, y: box.y + box.height - 60 }]);
  await expect(page.getByRole('region', { name: 'Selection', exact: true })).toContainText(
    /\d+ selected of 300/,
  );
});

/** Names of what can be pressed or typed into on the screen and lies beyond its sides, or beneath something else. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(':is(header, [data-controls]) :is(button, input)')]
      .filter((element) => {
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        if (width === 0) return false;
        const front = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return left < 0 || right > innerWidth || front === null || !element.contains(front);
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent ?? ''),
  );
}

test('on a phone every control is in reach, a tap inspects beside the map, and panels come over it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page);
  const map = readyMap(page);
  for (const tab of ['Matrix', 'Compare', 'Table', 'Map']) {
    await page.getByRole('tab', { name: tab }).tap();
    await expect.poll(() => outOfReach(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  }
  await page.getByRole('button', { name: 'Show data and models' }).tap();
  const sources = page.getByRole('dialog', { name: 'Data and models' });
  await expect(sources.getByRole('region', { name: 'Models' })).toBeVisible();
  await expect(sources.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(2);
  await sources.getByRole('button', { name: 'Close data and models' }).tap();
  await expect(sources).toBeHidden();

  // A tap reads a row beneath the map, where its place stays in sight.
  const box = (await map.boundingBox())!;
  const ring = map.locator('svg [data-mark="hover"]');
  for (let step = 0; (await ring.count()) === 0; step++) {
    expect(step).toBeLessThan(900);
    await page.mouse.move(
      box.x + box.width * (0.1 + 0.8 * ((step % 30) / 30)),
      box.y + box.height * (0.2 + (0.3 * step) / 900),
    );
  }
  const row = await ring.first().getAttribute('data-row');
  const [x, y] = (await ring.first().getAttribute('transform'))!.match(/-?[\d.]+/g)!.map(Number);
  await page.mouse.move(2, 2);
  await page.touchscreen.tap(box.x + x!, box.y + y!);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { level: 2 }).first()).toHaveText(
    new RegExp(`Row ${row} pinned`),
  );
  await expect
    .poll(async () => (await inspector.boundingBox())!.y)
    .toBeGreaterThan((await map.locator('svg [data-mark="pin"]').boundingBox())!.y);
  await page.getByRole('button', { name: 'Close the inspector' }).tap();
  await expect(inspector).toBeHidden();
});
