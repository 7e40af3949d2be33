import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { expect, hoverSomePoint, openSample, readyMap, runItem, test } from './journey';

const bar = (page: Page) => page.getByRole('region', { name: 'Selection', exact: true });
const legend = (page: Page) => page.getByRole('list', { name: 'Colours: topic' });

/** Drags over all that is drawn, from corner to corner. */
async function dragOverAll(page: Page): Promise<void> {
  const box = (await readyMap(page).boundingBox())!;
  await page.mouse.move(box.x + 224, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + box.height - 60, { steps: 6 });
  await page.mouse.up();
}

async function chooseColour(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Colour: / }).click();
  await page.getByRole('menuitemradio', { name }).click();
}

test('rows are selected on the map and by the legend, filtered, and let go again', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: 'Box', exact: true }).click();
  await dragOverAll(page);
  await expect(bar(page)).toContainText('300 selected of 300');
  await legend(page)
    .getByRole('button', { name: /^Weather/ })
    .hover();
  await legend(page).getByRole('button', { name: 'Select Weather' }).click();
  await expect(bar(page)).toContainText('30 selected of 300');
  await bar(page).getByRole('button', { name: 'Invert' }).click();
  await expect(bar(page)).toContainText('270 selected');
  await bar(page).getByText('Subtract', { exact: true }).click();
  await dragOverAll(page);
  await expect(bar(page)).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(bar(page)).toContainText('270 selected');

  // The table lists what is selected.
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(bar(page)).toContainText('270 selected');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toBeHidden();

  await legend(page)
    .getByRole('button', { name: /^Weather/ })
    .click();
  await expect(page.getByRole('region', { name: 'Filter' })).toContainText('270 shown');
  await page.getByRole('button', { name: 'Box', exact: true }).click();
  await dragOverAll(page);
  // Rows that are filtered out are not caught.
  await expect(bar(page)).toContainText('270 selected');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Filter' }).getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('region', { name: 'Filter' })).toBeHidden();

  await page.getByRole('button', { name: 'Move', exact: true }).click();
  const row = await hoverSomePoint(page, readyMap(page));
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText('pinned')).toBeVisible();
  await chooseColour(page, /^Similarity to the pinned row/);
  await expect(page.getByRole('region', { name: 'Colours: Similarity' })).toContainText(`to row ${row}.`);
  await chooseColour(page, /^Trust/);
  await expect(page.getByRole('region', { name: 'Colours: Trust' })).toContainText('from 0.4 to 1');
  // A handle at the end of a scale selects the rows beyond it.
  const least = page.getByRole('slider', { name: 'Trust in the place from' });
  for (let step = 0; step < 70; step++) await least.press('ArrowRight');
  await expect(least).toHaveAttribute('aria-valuetext', '0.82');
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^Points \(CSV\)/ }).click();
  const points = Papa.parse<Record<string, string>>(readFileSync(await (await download).path(), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data.filter(({ run }) => run!.startsWith('baseline/words'));
  const trusted = points.filter(({ trust }) => (Number(trust) - 0.4) / 0.6 >= 0.7);
  expect(trusted.length).toBeGreaterThan(0);
  expect(trusted.length).toBeLessThan(300);
  await expect(bar(page)).toContainText(`${trusted.length} selected of 300`);
  await chooseColour(page, /^Agreement with/);
  await expect(page.getByRole('region', { name: 'Colours: Agreement' })).toContainText('10 nearest');

  // A colour of one's own stays, can be taken back, and is given up again.
  await chooseColour(page, /^topic/);
  const money = legend(page).getByRole('listitem').filter({ hasText: 'Money' });
  const dot = money.locator('button > span').first();
  const usual = await dot.evaluate((element) => getComputedStyle(element).backgroundColor);
  const paint = (colour: string) =>
    legend(page)
      .getByLabel('Colour of Money', { exact: true })
      .evaluate((input: HTMLInputElement, value) => {
        input.value = value;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }, colour);
  await paint('#010203');
  await expect(dot).toHaveCSS('background-color', 'rgb(1, 2, 3)');
  await page.keyboard.press('Control+z');
  await expect(dot).toHaveCSS('background-color', usual);
  await paint('#040506');
  await expect(dot).toHaveCSS('background-color', 'rgb(4, 5, 6)');
  // The bars beside the matrix have it too.
  await page.getByRole('tab', { name: 'Matrix' }).click();
  const barred = page.getByRole('list', { name: 'Bars: topic' }).getByRole('listitem');
  await expect(barred.filter({ hasText: 'Money' }).locator('span').first()).toHaveCSS(
    'background-color',
    'rgb(4, 5, 6)',
  );
  await page.getByRole('tab', { name: 'Map' }).click();
  await page.reload();
  await expect(dot).toHaveCSS('background-color', 'rgb(4, 5, 6)');
  await money.hover();
  await money.getByRole('button', { name: 'Usual colour of Money' }).click();
  await expect(dot).toHaveCSS('background-color', usual);

  // How long the texts are colours and sizes them, with legends.
  const rows = readFileSync(join(import.meta.dirname, '../src/core/dataset/sample.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);
  const longest = Math.max(...rows.map((line) => line.split('\t')[0]!.length));
  await page.getByRole('button', { name: /^Colour: / }).click();
  await page.getByRole('menuitemradio', { name: 'Length' }).first().click();
  const lengths = page.getByRole('region', { name: 'Colours: Length' });
  await expect(lengths).toContainText('Characters of each text.');
  await page.getByRole('button', { name: /^Colour: / }).click();
  await page.getByRole('menuitemradio', { name: 'Length' }).last().click();
  const sized = page.getByText(/^\d+ to \d+ Length$/);
  await expect(sized).toBeVisible();
  const [low, high] = (await sized.innerText()).match(/\d+/g)!.map(Number);
  expect(low).toBeLessThan(high!);
  expect(high).toBeLessThanOrEqual(longest);

  // What is said of the sample is true of the runs that are left.
  await expect(page.getByText('read by two built-in baselines')).toBeVisible();
  await runItem(page, 'Letters').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('read by Words (LSA), a built-in baseline')).toBeVisible();
  await expect(page.getByText('It compares words, not meaning.')).toBeVisible();
});

test('a selection is described, saved, drawn alone and exported; the map shows where one is', async ({
  page,
}) => {
  await openSample(page);
  await legend(page)
    .getByRole('button', { name: /^Weather/ })
    .hover();
  await legend(page).getByRole('button', { name: 'Select Weather' }).click();
  await bar(page).getByRole('button', { name: 'What’s in it' }).click();
  const card = page.getByRole('region', { name: 'What’s in the selection' });
  await expect(card.getByRole('row', { name: /^Weather 30 100\.0 % 10\.0 % 10\.0$/ })).toBeVisible();
  await expect(card.getByRole('list', { name: 'Words' }).getByRole('listitem').first()).toBeVisible();
  await bar(page).getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('textbox', { name: /^Name of the 30/ }).fill('The weather');
  await page.keyboard.press('Enter');

  await bar(page).getByRole('button', { name: 'Keep only these' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-points', '30');
  await expect(page.getByRole('region', { name: 'Map' })).toContainText('only 30 rows');
  await page.getByRole('button', { name: 'All 300 rows again' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-points', '300');
  await page.getByRole('button', { name: 'Saved 1' }).click();
  await page.getByRole('button', { name: /^The weather/ }).click();
  await expect(bar(page)).toContainText('30 selected');
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Selected rows (CSV)' }).click();
  const lines = readFileSync(await (await started).path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(1 + 2 * 30);
  expect(lines.slice(1).every((line) => line.includes('Weather'))).toBe(true);

  const small = page.locator('[data-mini-map]');
  await expect(small).toBeHidden();
  await bar(page).getByRole('button', { name: 'Zoom to' }).click();
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(small).toBeVisible();
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('tab', { name: 'Map' }).click();
  // The camera is where it was left.
  await expect(small).toBeVisible();
  await page.getByRole('button', { name: 'Fit' }).click();
  await expect(small).toBeHidden();
  await page.getByRole('button', { name: 'Contours' }).click();
  await expect(readyMap(page).locator('[data-contours="6"]')).toBeAttached();
  await chooseColour(page, /^Stability/);
  await expect(page.getByRole('region', { name: 'Colours: Stability' })).toContainText('with 4 other seeds');
});

test('a typed text stands on the map: in the plane exactly where its vector is', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: /^Layout/ }).click();
  await page.getByText('PCA', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Map' })).toContainText('of the spread');
  const map = readyMap(page);
  await hoverSomePoint(page, map);
  await page.mouse.down();
  await page.mouse.up();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('pinned')).toBeVisible();
  const text = await inspector.locator('p[dir="auto"]').first().innerText();
  // After the click the arrow keys walk its neighbours; the map stays.
  const place = await map.locator('[data-mark="pin"]').getAttribute('transform');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText(/^Neighbour 1 of 10, similarity/)).toBeAttached();
  expect(await map.locator('[data-mark="pin"]').getAttribute('transform')).toBe(place);
  const field = page.getByRole('searchbox', { name: 'Search', exact: true });
  await field.fill(text);
  await field.press('Enter');
  await expect(page.getByRole('region', { name: 'Map' })).toContainText(`“${text}” stands by its`);
  const placeOf = async (mark: string) =>
    (await map.locator(`[data-mark="${mark}"]`).getAttribute('transform'))!.match(/-?[\d.]+/g)!.map(Number);
  const [pin, mark] = [await placeOf('pin'), await placeOf('text')];
  expect(Math.hypot(pin[0]! - mark[0]!, pin[1]! - mark[1]!)).toBeLessThan(1);
  await expect(map.locator('[data-mark="text"] text')).toContainText(text.slice(0, 20));

  // In a narrower window the inspector stands beside the map, not on it, and the left panel makes room until it is closed.
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 900, height: 900 });
  const sources = page.getByRole('complementary', { name: 'Data and models' });
  await expect(inspector.getByText('pinned')).toBeVisible();
  await expect(sources).toBeHidden();
  const [left, right] = [(await map.boundingBox())!, (await inspector.boundingBox())!];
  expect(left.x + left.width).toBeLessThanOrEqual(right.x);
  expect(left.width).toBeGreaterThan(500);
  // Beside it no name is cut.
  for (const name of [/^Run: /, /^Colour: /]) {
    const value = page.getByRole('main').getByRole('button', { name }).locator('[class*="value"]');
    expect(await value.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  }
  await page.getByRole('button', { name: 'Close the inspector' }).click();
  await expect(inspector).toBeHidden();
  await expect(sources).toBeVisible();
});
