import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import {
  cosine,
  embedWith,
  expect,
  nearestRows,
  openPage,
  pasteTexts,
  runItem,
  test,
  uploadFile,
} from './journey';
import { startApiServer } from './server/api-server';
import { embedText } from './server/embed-text';

const subjects = ['rain', 'train', 'bread', 'violin'];
const endings = ['this morning', 'in the evening', 'near the river', 'without a word', 'for the last time'];
const rows = subjects.flatMap((subject) =>
  endings.map((ending) => ({ text: `The ${subject} came ${ending}`, subject })),
);
const model = 'local/ngram-64';
const vectors = rows.map(({ text }) => embedText(model, text));
const cosines = vectors.map((a) => vectors.map((b) => cosine(a, b)));
const pairs = rows.flatMap((_, a) => rows.slice(a + 1).map((_, i) => ({ a, b: a + 1 + i })));

const matrixOf = (page: Page) => page.getByRole('region', { name: 'Matrix' });

async function openMatrix(
  page: Page,
  api: { url: string },
  models: string[],
  isPasted = false,
): Promise<Locator> {
  await openPage(page);
  const table = (comma: string) =>
    [['text', 'subject'], ...rows.map(({ text, subject }) => [text, subject])]
      .map((cells) => cells.join(comma))
      .join('\n');
  // Rows of a spreadsheet come with tabs between their cells.
  if (isPasted) await pasteTexts(page, table('\t').split('\n'));
  else
    await uploadFile(page, {
      name: 'arrivals.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${table(',')}\n`),
    });
  await embedWith(page, api, ...models);
  for (const id of models) await expect(runItem(page, id)).toHaveAccessibleName(/done/);
  await runItem(page, model).getByRole('button', { name: 'ngram-64', exact: true }).click();
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await expect(matrixOf(page)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  await expect(matrixOf(page)).toHaveAttribute('data-state', 'ready');
  return matrixOf(page);
}

async function choose(page: Page, menu: RegExp, option: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: option }).click();
}

async function saved(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await act();
  return readFileSync(await (await started).path());
}

test('the pairs and the best cut-off of the matrix are those of the vectors', async ({ page, api }) => {
  const matrix = await openMatrix(page, api, [model]);
  const side = page.getByRole('complementary', { name: 'Similarity and pairs' });

  // The lowest cut-off there is counts every pair.
  await side.getByRole('slider', { name: 'Cut-off' }).press('Home');
  const panel = side.getByRole('region', { name: 'Pairs' });
  await expect(panel.getByRole('heading')).toHaveText(new RegExp(`Pairs above the cut-off ${pairs.length}`));
  const csv = await saved(page, () => panel.getByRole('button', { name: 'Pairs (CSV)' }).click());
  const listed = csv
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').slice(0, 3).map(Number));
  expect(listed).toHaveLength(pairs.length);
  const sorted = pairs.map(({ a, b }) => cosines[a]![b]!).sort((x, y) => y - x);
  listed.forEach(([a, b, value], i) => {
    expect(Math.abs(value! - sorted[i]!)).toBeLessThan(1e-5);
    expect(Math.abs(value! - cosines[a!]![b!]!)).toBeLessThan(1e-5);
  });

  // Within one subject there are as many pairs as its five rows have.
  await choose(page, /^subject: any/, 'within one');
  await expect(panel.getByRole('heading')).toHaveText(/Pairs above the cut-off 40/);
  await panel.getByRole('listitem').first().getByRole('button').click();
  const first = (await panel.getByRole('listitem').first().getByRole('button').getAttribute('data-rows'))!;
  const [a, b] = first.split(' ').map(Number);
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(rows[a!]!.text);
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(rows[b!]!.text);

  // The best cut-off by subject, found by trying each.
  await side.getByRole('button', { name: 'Find best cut-off' }).click();
  const dialog = page.getByRole('dialog', { name: 'Find the best cut-off' });
  const scores = pairs.map(({ a, b }) => {
    const cutoff = cosines[a]![b]!;
    const taken = pairs.filter(({ a, b }) => cosines[a]![b]! >= cutoff);
    const hits = taken.filter(({ a, b }) => rows[a]!.subject === rows[b]!.subject).length;
    return { cutoff, f1: (2 * hits) / (taken.length + 40) };
  });
  const best = scores.reduce((most, score) => (score.f1 > most.f1 ? score : most));
  const row = dialog.getByRole('row', { name: /ngram-64/ });
  await expect(row.getByRole('cell').nth(0)).toHaveText(new RegExp(`^${best.cutoff.toFixed(2)}`));
  await expect(row.getByRole('cell').nth(3)).toHaveText(new RegExp(`^${best.f1.toFixed(2)}`));
  await dialog.getByText('By judging pairs').click();
  await expect(dialog.getByRole('button', { name: 'Same', exact: false }).first()).toBeEnabled();
  await page.keyboard.press('s');
  await expect(dialog).toContainText('1 pair judged, 1 the same');
  await page.keyboard.press('d');
  await expect(dialog).toContainText('2 pairs judged, 1 the same');
  await dialog.getByText('By subject').click();
  await dialog.getByRole('button', { name: /^Use th/ }).click();
  await expect(side.getByRole('region', { name: 'What counts as same' })).toContainText(
    `At ${best.cutoff.toFixed(2)} and above`,
  );
  await expect(matrix).toHaveAttribute('data-state', 'ready');
});

test('rows stand in the chosen order, are cut to a part, and move by keys; two runs move together', async ({
  page,
  api,
}) => {
  const matrix = await openMatrix(page, api, [model, 'local/ngram-256'], true);
  await choose(page, /^Order/, 'Alike together');
  await expect(matrix).toHaveAttribute('data-order', /^alike/);
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  await expect(matrix).toContainText('Alike rows stand together');

  // The arrow keys point at a cell, Enter pins its pair.
  const map = matrix.getByRole('group', { name: /^Similarity matrix of/ });
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  const card = matrix.getByRole('tooltip');
  await expect(card.locator('data[value]')).toBeVisible();
  const [a, b] = [...(await card.textContent())!.matchAll(/row (\d+)/g)].map((match) => Number(match[1]));
  await expect
    .poll(async () =>
      Math.abs(Number(await card.locator('data[value]').getAttribute('value')) - cosines[a!]![b!]!),
    )
    .toBeLessThan(1e-5);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Inspector' })).toContainText(rows[a!]!.text);

  // A frame drawn with shift selects its rows, and the matrix can be cut to them.
  const canvas = (await matrix.locator('canvas').boundingBox())!;
  await page.keyboard.down('Shift');
  await page.mouse.move(canvas.x + canvas.width * 0.5, canvas.y + canvas.height * 0.5);
  await page.mouse.down();
  await page.mouse.move(canvas.x + canvas.width * 0.62, canvas.y + canvas.height * 0.6, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.getByRole('button', { name: /^Rows/ }).click();
  await page.getByRole('combobox', { name: 'Down' }).click();
  await page.getByRole('option', { name: 'Selected rows' }).click();
  await page.getByRole('combobox', { name: 'Across' }).click();
  await page.getByRole('option', { name: 'subject: rain' }).click();
  await page.keyboard.press('Escape');
  await expect(matrix).toHaveAttribute('data-columns', '5');
  await expect.poll(async () => Number(await matrix.getAttribute('data-rows'))).toBeLessThan(rows.length);
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(matrix).toHaveAttribute('data-rows', String(rows.length));

  // Side by side one cursor points in all three.
  await page.getByText('All', { exact: true }).click();
  await expect(matrix.locator('canvas')).toHaveCount(3);
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  const third = (await matrix.locator('canvas').nth(2).boundingBox())!;
  await page.mouse.move(third.x + third.width * 0.55, third.y + third.height * 0.5);
  await expect(matrix.locator('[data-mark="crosshair-row"]')).toHaveCount(3);
  await expect(matrix.getByRole('tooltip')).toContainText('z, A − B');

  await page.getByText('A − B', { exact: true }).click();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  await expect(page.getByRole('region', { name: 'Difference' })).toContainText('more alike in A');
  // A lost graphics context is said, and the matrix is drawn without the card until it is tried again.
  await matrix
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) =>
      canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext(),
    );
  await expect(matrix.getByText('Drawn without the graphics card')).toBeVisible();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  const hasCard = () =>
    matrix.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.getContext('webgl2') !== null);
  expect(await hasCard()).toBe(false);
  await matrix.getByRole('button', { name: 'Try the card again' }).click();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  expect(await hasCard()).toBe(true);

  await page.getByText('All', { exact: true }).click();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  const take = (item: string) =>
    saved(page, async () => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    });
  // All three are in the picture, each of their cells a shape, and the PNG is twice as large.
  const svg = (await take('Picture (SVG)')).toString('utf8');
  expect(svg.match(/<rect [^>]*fill="#[0-9a-f]{6}"\/>/g)!.length).toBeGreaterThanOrEqual(
    3 * rows.length ** 2,
  );
  const words = ['ngram-64', 'Words (LSA)', 'ngram-64 − Words (LSA)', 'Pasted texts: 20 rows', 'bread 5'];
  expect(words.filter((text) => !svg.includes(text))).toEqual([]);
  const png = await take('Picture (PNG)');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2 * Number(/<svg [^>]*width="(\d+)"/.exec(svg)![1]));

  // The selected rows alone: the cosines between them, which tell who they are, and their matrices.
  const square = (await take('Selected rows (Similarity CSV)'))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  expect(square.length).toBeGreaterThan(1);
  expect(square.length).toBeLessThan(rows.length);
  const isNear = (one: number, other: number) => Math.abs(one - other) < 1e-5;
  const found = cosines.map((ofRow) =>
    square[0]!.map((value) => ofRow.findIndex((other) => isNear(value, other))),
  );
  const fits = found.filter((chosen) =>
    square.every((line, i) =>
      line.every((value, j) => isNear(value, cosines[chosen[i]!]?.[chosen[j]!] ?? 2)),
    ),
  );
  expect(fits.filter((chosen) => chosen.every((row, i) => i === 0 || row > chosen[i - 1]!))).toHaveLength(1);
  const alone = await take('Selected rows (PNG)');
  expect(alone.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(alone.readUInt32BE(16)).not.toBe(png.readUInt32BE(16));

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy picture' }).click();
  await expect(page.getByText('The picture is on the clipboard.')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy neighbours' }).click();
  await expect(page.getByText('The neighbours are on the clipboard.')).toBeVisible();
  const [head, ...lines] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(head).toBe('run\tplace\trow\tsimilarity\ttext');
  const near = lines.map((line) => line.split('\t')).filter(([run]) => run!.startsWith(`${model}#`));
  expect(near.map(([, , row]) => Number(row))).toEqual(nearestRows(vectors, a!, 10).map(({ row }) => row));
  expect(near.every(([, , row, , text]) => text === rows[Number(row)]!.text)).toBe(true);

  await page.getByRole('tab', { name: 'Compare' }).click();
  const compare = page.getByRole('region', { name: 'Compare' });
  await expect(compare.getByRole('table', { name: /Scoreboard/ })).toBeVisible();
  await expect(compare.locator('[data-pane][data-state="ready"]')).toHaveCount(2);
  const compared = (await take('Picture (SVG)')).toString('utf8');
  expect(compared.match(/<circle /g)!.length).toBeGreaterThanOrEqual(2 * rows.length);
  expect(['ngram-64', 'Words (LSA)', 'Mean similarity'].filter((text) => !compared.includes(text))).toEqual(
    [],
  );

  await page.getByRole('tab', { name: 'Table' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Copy table' }).click();
  await expect(page.getByText('The table is on the clipboard.')).toBeVisible();
  const table = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(table[0]).toMatch(/^Row\tText\tsubject\t/);
  expect(table.slice(1).map((line) => line.split('\t')[1])).toEqual(rows.map(({ text }) => text));
});

const folder = process.env.SAMPLE_VECTORS_DIR ?? '';
if (folder !== '' && existsSync(join(folder, 'texts.jsonl'))) {
  test('real models: the most alike pairs of each are those of its recorded vectors', async ({ page }) => {
    test.setTimeout(180_000);
    const server = await startApiServer({ vectors: folder });
    const models = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => {
        const { model, rows, dims } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
          model: string;
          rows: number;
          dims: number;
        };
        const bytes = readFileSync(join(folder, name.replace(/\.json$/, '.f32')));
        const values = new Float32Array(bytes.buffer, bytes.byteOffset, rows * dims);
        const vectors = Array.from({ length: rows }, (_, row) =>
          values.subarray(row * dims, (row + 1) * dims),
        );
        return { model, vectors };
      });
    await openPage(page);
    await uploadFile(page, {
      name: 'texts.jsonl',
      mimeType: 'application/jsonl',
      buffer: readFileSync(join(folder, 'texts.jsonl')),
    });
    await embedWith(page, server, ...models.map(({ model }) => model));
    for (const { model } of models)
      await expect(runItem(page, model)).toHaveAccessibleName(/done/, { timeout: 60_000 });
    for (const { model, vectors } of models) {
      await page.getByRole('tab', { name: 'Map' }).click();
      await runItem(page, model)
        .getByRole('button', { name: model })
        .or(runItem(page, model).getByRole('button').first())
        .first()
        .click();
      await page.getByRole('tab', { name: 'Matrix' }).click();
      await expect
        .poll(async () => (await matrixOf(page).getAttribute('data-run'))?.startsWith(`${model}#`))
        .toBe(true);
      await expect(matrixOf(page)).toHaveAttribute('data-state', 'ready');
      const panel = page.getByRole('region', { name: 'Pairs' });
      const csv = await saved(page, () => panel.getByRole('button', { name: 'Pairs (CSV)' }).click());
      // Texts may have lines of their own.
      const listed = [...csv.toString('utf8').matchAll(/^(\d+),(\d+),(-?\d\.\d{6}),/gm)]
        .slice(0, 100)
        .map((match) => match.slice(1).map(Number));
      expect(listed).toHaveLength(100);
      const sorted = vectors
        .flatMap((a, row) => vectors.slice(row + 1).map((b) => cosine(a, b)))
        .sort((x, y) => y - x);
      listed.forEach(([a, b, value], place) => {
        expect(Math.abs(value! - sorted[place]!)).toBeLessThan(2e-5);
        expect(Math.abs(value! - cosine(vectors[a!]!, vectors[b!]!))).toBeLessThan(2e-5);
      });
    }
    await server.close();
  });
}
