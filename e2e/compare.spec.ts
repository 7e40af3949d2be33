import {
  embedWith,
  expect,
  hoverSomePoint,
  nearestRows,
  openPage,
  pasteTexts,
  runItem,
  test,
} from './journey';
import { embedText } from './server/embed-text';

const subjects = ['copper', 'velvet', 'marble', 'cotton', 'silver', 'timber', 'leather', 'canvas'];
const texts = Array.from(
  { length: 120 },
  (_, i) => `${subjects[i % 8]} ${subjects[(i * 5 + 2) % 8]} workshop lot ${i} on shelf ${(i * 7) % 31}`,
);

test('two models side by side: the agreement of every pair, and two maps in one canvas, linked', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, [...texts, texts[3]!]);
  await embedWith(page, api, 'local/ngram-64', 'local/ngram-1024');
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/);
  await expect(runItem(page, 'local/ngram-1024')).toHaveAccessibleName(/done/);
  await page.getByRole('tab', { name: 'Compare' }).click();
  // A cell of the agreement matrix opens its pair, its row's run on the left.
  const agreement = page.getByRole('table', { name: /^Agreement/ });
  const cell = agreement.locator('[data-a^="local/ngram-64#"][data-b^="local/ngram-1024#"]');
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');

  const maps = page.locator('[data-run][data-points]');
  await expect(maps).toHaveCount(2);
  await expect(maps.nth(0)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  await expect(maps.nth(1)).toHaveAttribute('data-run', /^local\/ngram-1024#/);
  await expect(maps.nth(0)).toHaveAttribute('data-state', 'ready');
  await expect(maps.nth(1)).toHaveAttribute('data-state', 'ready');

  // Over the distinct texts: the repeated one is left out.
  const small = texts.map((text) => embedText('local/ngram-64', text));
  const large = texts.map((text) => embedText('local/ngram-1024', text));
  const shared = texts.map((_, row) => {
    const near = new Set(nearestRows(small, row, 10).map((other) => other.row));
    return nearestRows(large, row, 10).filter((other) => near.has(other.row)).length / 10;
  });
  const expected = shared.reduce((sum, value) => sum + value, 0) / shared.length;
  await expect(page.locator('[data-rows]')).toHaveAttribute('data-rows', String(texts.length));
  expect(Number(await cell.getAttribute('data-value'))).toBeCloseTo(expected, 2);
  await expect(cell).toHaveText((10 * expected).toFixed(1));

  // Hover in one map rings the row in both; a click pins it in both.
  const row = await hoverSomePoint(page, maps.nth(0));
  for (const pane of [0, 1])
    await expect(maps.nth(pane).locator(`svg [data-mark="hover"][data-row="${row}"]`)).toBeVisible();
  await page.mouse.down();
  await page.mouse.up();
  await expect(
    page.getByRole('region', { name: 'Inspector' }).getByText('pinned', { exact: true }),
  ).toBeVisible();
  for (const pane of [0, 1])
    await expect(maps.nth(pane).locator(`svg [data-mark="pin"][data-row="${row}"]`)).toBeVisible();
});
