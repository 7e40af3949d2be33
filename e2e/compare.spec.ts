import type { Locator, Page } from '@playwright/test';
import { npyHeader } from '../src/core/export/npy-header';
import {
  cosine,
  embedWith,
  expect,
  hoverSomePoint,
  nearestRows,
  openPage,
  pasteTexts,
  runItem,
  saveCsv,
  test,
} from './journey';
import { embedText } from './server/embed-text';

const subjects = ['copper', 'velvet', 'marble', 'cotton', 'silver', 'timber', 'leather', 'canvas'];
const texts = Array.from(
  { length: 120 },
  (_, i) => `${subjects[i % 8]} ${subjects[(i * 5 + 2) % 8]} workshop lot ${i} on shelf ${(i * 7) % 31}`,
);

/** Colour of a row's point on a map, read under its hover ring. */
async function colourUnder(page: Page, map: Locator, row: number): Promise<number[]> {
  const ring = (await map.locator(`svg [data-mark="hover"][data-row="${row}"]`).boundingBox())!;
  const clip = { x: ring.x + ring.width / 2 - 1, y: ring.y + ring.height / 2 - 1, width: 2, height: 2 };
  const picture = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const context = new OffscreenCanvas(2, 2).getContext('2d')!;
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
  }, picture);
}

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

  // The distance lens: in both maps the row under the pointer is most alike to itself, the darkest colour there is.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Distance lens' }).click();
  const lensRow = await hoverSomePoint(page, maps.nth(1));
  await expect(page.getByRole('img', { name: `Colours: how alike to row ${lensRow}:` })).toBeVisible();
  for (const pane of [0, 1])
    await expect.poll(() => colourUnder(page, maps.nth(pane), lensRow)).toEqual([28, 26, 69]);
  await page.getByRole('button', { name: 'Distance lens' }).click();
  await page.mouse.move(1, 1);

  // The rows by disagreement, as the server's vectors have it; a brush on the histogram keeps those that share few.
  const counts = shared.map((share) => Math.round(10 * share));
  const few = Math.min(...counts) + 1;
  const table = page.getByRole('table', { name: 'Rows the two models see most differently' });
  await table.scrollIntoViewIfNeeded();
  await expect(table).toHaveAttribute('aria-rowcount', String(texts.length + 1));
  const upper = page.getByRole('slider', { name: 'Most neighbours shared' });
  for (let step = 10; step > few; step--) await upper.press('ArrowLeft');
  const kept = counts.filter((count) => count <= few).length;
  // A row whose neighbours' cosines are equal to 1e-6 may share one more or less.
  await expect
    .poll(async () => Math.abs(Number(await table.getAttribute('aria-rowcount')) - 1 - kept))
    .toBeLessThanOrEqual(1);
  const lines = await saveCsv(page, 'Rows by disagreement (CSV)');
  expect(lines).toHaveLength(Number(await table.getAttribute('aria-rowcount')));
  expect(lines.slice(1).every((line) => Number(line[2]) <= few)).toBe(true);

  // Opened, a row lists its nearest in both runs, nearest first.
  const first = Number(lines[1]![0]);
  await table.getByRole('button', { name: `Neighbours of row ${first}`, exact: true }).click();
  for (const [name, vectors, columns] of [
    ['ngram-64', small, [4, 5]],
    ['ngram-1024', large, [6, 5]],
  ] as const) {
    const near = page.getByRole('list', { name: `Nearest in ${name}` }).locator('[data-row]');
    await expect(near).toHaveCount(10);
    const rows = await near.evaluateAll((items) =>
      items.map((item) => Number(item.getAttribute('data-row'))),
    );
    const expectedRows = nearestRows(vectors, first, 10);
    rows.forEach((other, i) => {
      expect(cosine(vectors[first]!, vectors[other]!)).toBeCloseTo(expectedRows[i]!.similarity, 5);
    });
    const written = columns.flatMap((column) => lines[1]![column]!.split(' ').filter((cell) => cell !== ''));
    expect(new Set(written.map(Number))).toEqual(new Set(rows));
  }

  // Averages by cluster are means over the rows of the brushed range; a click selects them.
  await page.getByText('By cluster', { exact: true }).click();
  const averages = page.getByRole('table', { name: /^Shared neighbours by Cluster of/ });
  await expect(averages).toBeVisible();
  const groups = (await saveCsv(page, 'Averages (CSV)')).slice(1);
  expect(groups.reduce((sum, group) => sum + Number(group[1]), 0)).toBe(lines.length - 1);
  const total = lines.slice(1).reduce((sum, line) => sum + Number(line[2]), 0);
  expect(groups.reduce((sum, group) => sum + Number(group[1]) * Number(group[2]), 0)).toBeCloseTo(total, 6);
  await averages.getByRole('button').first().click();
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(page.getByRole('button', { name: `Selected only ${groups[0]![1]}` })).toBeVisible();
  await page.getByRole('tab', { name: 'Compare' }).click();

  // The file of the clusters has the cells of the matrix: as many rows in each.
  await page.getByText('Clusters', { exact: true }).click();
  const correspondence = page.getByRole('table', { name: /^Rows shared by the clusters of/ });
  await expect(correspondence).toBeVisible();
  const cells = await correspondence
    .getByRole('button', { name: /^Select \d+ rows? in / })
    .evaluateAll((buttons) =>
      buttons.map((button) =>
        /^Select (\d+) rows? in (.*)$/.exec(button.getAttribute('aria-label') ?? '')!.slice(1),
      ),
    );
  const clusterLines = await saveCsv(page, 'Clusters (CSV)');
  expect(clusterLines[0]![0]).toMatch(/^local\/ngram-64#/);
  expect(clusterLines[0]![1]).toMatch(/^local\/ngram-1024#/);
  const both = clusterLines.slice(1).filter(([inA, inB]) => inA !== '' && inB !== '');
  expect(both.map((line) => line[2]).sort()).toEqual(cells.map((cell) => cell[0]).sort());

  // Rows whose vectors were moved next to others move together; the file names the very rows that a click selects.
  const group = texts.flatMap((_, row) => (row % 8 === 0 ? row : []));
  const moved = small.map((vector, row) => {
    const target = row % 8 === 0 ? small[row + 3]! : vector;
    return Float32Array.from(target, (value, i) => value + (row % 8 === 0 ? 0.01 * Math.sin(row + i) : 0));
  });
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  const vectors = [...moved, moved[3]!];
  const header = npyHeader({ rows: vectors.length, dims: 64 });
  await dialog.getByLabel('Upload file').setInputFiles({
    name: 'moved.npy',
    mimeType: 'application/octet-stream',
    buffer: Buffer.concat([header, ...vectors.map((vector) => new Uint8Array(vector.buffer))]),
  });
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(dialog).toBeHidden();
  await agreement.locator('[data-a^="local/ngram-64#"][data-b^="moved#"]').click();
  await page.getByText('Moves', { exact: true }).click();
  const moves = page.getByRole('list', { name: 'Rows that move together' }).getByRole('listitem');
  // Those that moved, and those that they have joined, whose new neighbours were far too.
  const joined = group.map((row) => row + 3);
  await expect(moves).toHaveCount(2);
  const moveLines = (await saveCsv(page, 'Moves (CSV)')).slice(1);
  for (const [place, rows] of [group, joined].entries()) {
    const own = moveLines.filter(([number]) => number === String(place + 1));
    expect(own.map((line) => Number(line[1])).sort((one, other) => one - other)).toEqual(rows);
    expect(own.map((line) => line[2])).toEqual(own.map((line) => texts[Number(line[1])]));
    await expect(moves.nth(place)).toContainText(own[0]![3]!);
    await expect(moves.nth(place)).toContainText(own[0]![4]!);
  }
  await moves
    .first()
    .getByRole('button', { name: `Select ${group.length} rows` })
    .click();
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(page.getByRole('button', { name: `Selected only ${group.length}` })).toBeVisible();
});

test('a run that is still embedding takes part from 64 rows on, and again at each doubling, said', async ({
  page,
  api,
}) => {
  const many = Array.from({ length: 400 }, (_, i) => `${texts[i % 120]} again ${i}`);
  await openPage(page);
  await pasteTexts(page, many);
  api.setFaults(['slow'], { delayMs: 2500 });
  await embedWith(page, api, 'local/ngram-64');
  await page.getByRole('tab', { name: 'Compare' }).click();
  const region = page.getByRole('region', { name: 'Compare' });
  await expect(
    region.getByText(/ngram-64 is still embedding: the numbers are of the rows all runs have so far/),
  ).toBeVisible();
  const board = region.getByRole('table', { name: /^Scoreboard/ });
  await expect(board.locator('tr[data-run^="local/ngram-64#"]')).toBeVisible();
  const answer = region.locator('[data-rows]');
  const seen = [Number(await answer.getAttribute('data-rows'))];
  await expect
    .poll(
      async () => {
        const rows = Number(await answer.getAttribute('data-rows', { timeout: 15_000 }));
        if (rows !== seen.at(-1)) seen.push(rows);
        return rows;
      },
      { timeout: 45_000, intervals: [50] },
    )
    .toBe(many.length);
  expect(seen[0]).toBeGreaterThanOrEqual(64);
  expect(seen[0]).toBeLessThan(many.length);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  // 64, 128, 256 and all: with every batch it would be more.
  expect(seen.length).toBeLessThanOrEqual(4);
  await expect(region.getByText(/still embedding/)).toBeHidden();
});
