import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, openPage, readyMap, runItem, shownNeighbours, test, uploadFile } from './journey';

const hostile = [
  '</script><script>window.ran = 1</script>',
  '<!-- <script> <img src=x onerror="window.ran = 1">',
  'one\u2028two\u2029three',
  '"},{"\\u003c',
];
const boats = Array.from({ length: 60 }, (_, row) => ({
  text: `Boat ${row} is ${row % 3 === 0 ? 'moored' : 'at sea'} in harbour ${row % 7}`,
  place: row % 3 === 0 ? 'harbour' : 'sea',
}));
const rows = [...hostile.map((text) => ({ text, place: '<b>odd</b>' })), ...boats];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = [
  'text,place,year',
  ...rows.map(({ text, place }, row) => `${quoted(text)},${quoted(place)},${1900 + 2 * row}`),
].join('\n');

const numbersOf = (cells: Locator) =>
  cells.evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset.value)));

/** Moves the pointer over a drawn map until it rings a row there, and returns the row. */
async function ringSomeRow(page: Page, pane: Locator): Promise<string> {
  const ring = pane.locator('svg [data-mark="hover"]');
  await pane.scrollIntoViewIfNeeded();
  const box = (await pane.boundingBox())!;
  for (let y = 0.12; y < 0.95; y += 0.03) {
    for (let x = 0.05; x < 0.95; x += 0.03) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
      if ((await ring.count()) > 0) return (await ring.first().getAttribute('data-row'))!;
    }
  }
  throw new Error('No point was found under the pointer.');
}

test('a report opens from another folder with the network off: the page’s numbers, linked maps, hostile texts inert', async ({
  page,
  browser,
}) => {
  await openPage(page);
  await uploadFile(page, { name: 'boats.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  for (const run of ['baseline/words-lsa', 'baseline/letters-ngram'])
    await expect(runItem(page, run)).toHaveAccessibleName(/done/);
  await expect(readyMap(page)).toHaveAttribute('data-points', String(rows.length));
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('region', { name: 'Table' }).getByText('Boat 5 is', { exact: false }).first().click();
  const nearest = await shownNeighbours(page);
  await page.getByRole('tab', { name: 'Compare' }).click();
  const compare = page.getByRole('region', { name: 'Compare' });
  const shown = compare.locator('[data-value][id^="score "]');

  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Report (HTML)' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('boats.report.html');
  // What the report asked for is on the page too.
  await expect(compare.getByRole('img', { name: 'being computed' })).toHaveCount(0);
  const headline = await compare.getByRole('heading', { level: 2 }).first().textContent();
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = join(folder, 'elsewhere.html');
  copyFileSync(await download.path(), file);
  expect(readFileSync(file).length).toBeLessThan(2_000_000);

  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 800 } });
  const report = await context.newPage();
  const troubles: string[] = [];
  const asked: string[] = [];
  report.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  report.on('pageerror', (error) => troubles.push(error.message));
  report.on('request', (request) => asked.push(request.url()));
  await report.goto(pathToFileURL(file).href);

  await expect(report.getByRole('heading', { level: 1 })).toHaveText(
    'What 2 models think is alike in boats.csv',
  );
  await expect(report.getByRole('heading', { level: 2 }).first()).toHaveText(headline!);
  const written = await numbersOf(report.locator('[data-score]'));
  expect(written.length).toBeGreaterThan(15);
  expect(written.toSorted()).toEqual((await numbersOf(shown)).toSorted());

  const { violations } = await new AxeBuilder({ page: report }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html}`)).toEqual([]);

  const [first, second] = [report.locator('[data-pane]').first(), report.locator('[data-pane]').nth(1)];
  await expect(first).toHaveAttribute('data-points', String(rows.length));
  const ringed = await ringSomeRow(report, first);
  await expect(second.locator('svg [data-mark="hover"]')).toHaveAttribute('data-row', ringed);
  await report.mouse.move(2, 2);
  await expect(second.locator('svg [data-mark="hover"]')).toHaveCount(0);

  // A row found by its text has the neighbours, and their cosines, that the page lists.
  await report.getByRole('searchbox', { name: 'Find in texts' }).fill('Boat 5 is');
  const row = String(hostile.length + 5);
  await report.locator(`tr[data-row="${row}"]`).getByRole('button', { name: row, exact: true }).click();
  const active = (await readyMapRun(page)) === 'baseline/words-lsa' ? 'Words (LSA)' : 'Letters 3–5';
  const list = report
    .getByRole('region', { name: 'Row', exact: true })
    .getByRole('list', { name: `Nearest in ${active}` });
  const listed = await list.getByRole('listitem').evaluateAll((items) =>
    items.map((item) => ({
      row: Number(item.querySelector('[data-row]')?.getAttribute('data-row')),
      similarity: Number(/(\d\.\d\d)$/.exec(item.textContent ?? '')?.[1]),
    })),
  );
  expect(listed).toEqual(nearest);

  // Bars beside the matrix have the colours of the rows' groups.
  const matrix = report.locator('[data-cells]');
  await matrix.scrollIntoViewIfNeeded();
  const shades = await matrix.locator('[data-bars] canvas').evaluateAll((bars) =>
    (bars as HTMLCanvasElement[]).map((bar) => {
      const { data } = bar.getContext('2d')!.getImageData(0, 0, bar.width, bar.height);
      const counts: Record<string, number> = {};
      for (let at = 0; at < data.length; at += 4) {
        const colour = data.slice(at, at + 3).join();
        counts[colour] = (counts[colour] ?? 0) + 1;
      }
      return Object.values(counts).sort((a, b) => b - a);
    }),
  );
  expect(shades).toEqual([
    [40, 20, 4],
    [40, 20, 4],
  ]);
  // A click on a cell keeps its row.
  await matrix
    .locator('canvas')
    .first()
    .click({ position: { x: 200, y: 300 } });
  const kept = report.getByRole('region', { name: 'Row', exact: true });
  await expect(kept).not.toContainText('Boat 5 is');
  await expect(kept.getByRole('list', { name: `Nearest in ${active}` }).getByRole('listitem')).toHaveCount(
    10,
  );

  // What the texts say is shown and nothing more.
  await report.getByRole('searchbox', { name: 'Find in texts' }).fill('window.ran');
  await expect(report.getByRole('cell', { name: hostile[0]!, exact: true }).first()).toBeVisible();
  expect(await report.evaluate(() => 'ran' in window)).toBe(false);
  const fetched = report.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'answered',
      () => 'refused',
    ),
  );
  expect(await fetched).toBe('refused');
  await expect.poll(() => troubles.splice(0).join(' ')).toContain('Content Security Policy');
  expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(file).href]);

  // Coloured along a scale, the next one says from where to where, and each row's value.
  await page.getByRole('tab', { name: 'Map' }).click();
  await page.getByRole('button', { name: /^Colour:/ }).click();
  await page.getByRole('menuitemradio', { name: /^year/ }).first().click();
  const next = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Report (HTML)' }).click();
  await (await next).saveAs(file);
  await report.reload();
  await expect(
    report.getByRole('img', { name: /^Colours: year, from (≤ )?190\d to (≥ )?202\d$/ }),
  ).toBeVisible();
  await expect(report.getByRole('list', { name: /^Colours/ })).toHaveCount(0);
  await report.locator('tr[data-row="7"]').getByRole('button', { name: '7', exact: true }).click();
  await expect(kept).toContainText('year 1914');
  await context.close();
  rmSync(folder, { recursive: true });
});

/** The model whose neighbours the inspector lists. */
async function readyMapRun(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Map' }).click();
  return ((await readyMap(page).getAttribute('data-run')) ?? '').split('#')[0]!;
}
