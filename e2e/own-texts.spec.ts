import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import {
  expect,
  hoverSomePoint,
  openPage,
  pasteTexts,
  readyMap,
  runItem,
  shownNeighbours,
  test,
  uploadFile,
} from './journey';

const pasted = [
  'the red fox jumps over the fence',
  'a red fox jumped over a fence',
  'the stock market fell again today',
  'shares on the stock market fell today',
  'she plays the violin in an orchestra',
  'he plays the cello in the orchestra',
  'bread is baked early in the morning',
  'the bakery bakes bread in the morning',
];

async function download(page: import('@playwright/test').Page, item: string): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await started).path());
}

test('pasted texts become map, matrix and neighbours, and the exports and the pointer say the same; a second set joins them', async ({
  page,
}) => {
  await openPage(page);
  await pasteTexts(page, ['', ...pasted, '   ']);
  const map = readyMap(page);
  await expect(map).toHaveAttribute('data-dataset', 'Pasted texts');
  await expect(map).toHaveAttribute('data-points', String(pasted.length));
  await expect(page.getByText(/2 blank rows? skipped/).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Matrix' }).click();
  const matrix = page.getByRole('region', { name: 'Matrix' });
  await expect(matrix).toHaveAttribute('data-rows', String(pasted.length));
  await expect(matrix).toHaveAttribute('data-state', 'ready');

  await page.getByRole('tab', { name: 'Map' }).click();
  const runId = await map.getAttribute('data-run');
  const lines = (await download(page, 'Neighbours (JSONL)')).toString('utf8').trimEnd().split('\n');
  const records = lines.map(
    (line) =>
      JSON.parse(line) as { row: number; run: string; neighbours: { row: number; similarity: number }[] },
  );
  expect(new Set(records.map(({ run }) => run)).size).toBe(2);
  const letters = records.filter(({ run }) => run.startsWith('baseline/letters-ngram'));
  // Each sentence was written with its twin: row 2i with row 2i + 1.
  for (const { row, neighbours } of letters) expect(neighbours[0]!.row).toBe(row ^ 1);

  const cells = (await download(page, 'Similarity matrix (CSV)'))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  expect(cells).toHaveLength(pasted.length);
  const active = records.filter(({ run }) => run === runId);
  for (const { row, neighbours } of active) {
    expect(cells[row]![row]).toBeCloseTo(1, 5);
    for (const { row: other, similarity } of neighbours)
      expect(cells[row]![other]).toBeCloseTo(similarity, 5);
  }

  const npy = await download(page, 'Vectors (NPY)');
  const headerLength = npy.readUInt16LE(8);
  const header = npy.toString('latin1', 10, 10 + headerLength);
  const [, count, width] = /'shape': \((\d+), (\d+)\)/.exec(header)!.map(Number);
  expect(count).toBe(pasted.length);
  const vectors = Array.from({ length: count! }, (_, row) =>
    Array.from({ length: width! }, (_, i) => npy.readFloatLE(10 + headerLength + 4 * (row * width! + i))),
  );
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  for (let a = 0; a < count!; a++) {
    for (let b = 0; b < count!; b++) {
      const expected =
        dot(vectors[a]!, vectors[b]!) /
        Math.sqrt(dot(vectors[a]!, vectors[a]!) * dot(vectors[b]!, vectors[b]!));
      expect(cells[a]![b]).toBeCloseTo(expected, 4);
    }
  }

  // A cell of the matrix under the pointer names its two texts and their cosine.
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await expect(matrix).toHaveAttribute('data-state', 'ready');
  const canvas = (await matrix.locator('canvas').first().boundingBox())!;
  const card = matrix.getByRole('tooltip');
  const seen = new Set<string>();
  for (const x of [-0.14, -0.05, 0.03, 0.12]) {
    for (const y of [-0.2, -0.06, 0.09, 0.21]) {
      await page.mouse.move(canvas.x + canvas.width * (0.5 + x), canvas.y + canvas.height * (0.5 + y));
      const value = card.locator('data[value]');
      await page.waitForTimeout(150);
      if ((await value.count()) === 0) continue;
      const rows = [...(await card.textContent())!.matchAll(/row (\d)/g)].map((match) => Number(match[1]));
      const [a, b] = [rows[0]!, rows[1]!];
      const expected = cells[a]![b]!;
      await expect
        .poll(async () => Math.abs(Number(await value.first().getAttribute('value')) - expected))
        .toBeLessThan(1e-5);
      await expect(card.getByText(pasted[a]!, { exact: true })).toBeVisible();
      await expect(card.getByText(pasted[b]!, { exact: true })).toBeVisible();
      seen.add(`${a} ${b}`);
    }
  }
  expect(seen.size).toBeGreaterThan(8);

  // A pinned row is read with its neighbours.
  await page.getByRole('tab', { name: 'Map' }).click();
  const row = await hoverSomePoint(page, map);
  await page.mouse.down();
  await page.mouse.up();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('pinned', { exact: true })).toBeVisible();
  await expect(inspector.getByText(pasted[row]!, { exact: true }).first()).toBeVisible();
  const near = (await shownNeighbours(page)).map((neighbour) => neighbour.row);
  expect([...near, row].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);

  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog
    .getByRole('textbox', { name: 'Texts' })
    .fill('one more fox in the forest\nanother violin concert');
  await dialog.getByRole('radio', { name: 'Add as another set' }).check();
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-points', '10');
  await expect(page.getByRole('list', { name: 'Colours: set' }).getByRole('listitem')).toHaveCount(2);
});

test('a CSV with quotes, newlines, Arabic and Japanese is read cell for cell; bad files change nothing; replacing can be undone', async ({
  page,
}) => {
  const rows = [
    ['He said "hello", then left', 'talk'],
    ['first line\nsecond line', 'talk'],
    ['مرحبا بالعالم الجميل', 'عام'],
    ['صباح الخير يا أصدقاء', 'عام'],
    ['今日はとても良い天気です', '天気'],
    ['明日は雨が降るでしょう', '天気'],
    ['=SUM(A1:A9)', 'talk'],
    ['comma, semicolon; tab\tend', 'talk'],
  ];
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const csv = `text,label\r\n${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
  await openPage(page);
  await uploadFile(page, { name: 'mixed.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${csv}`) });
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'mixed.csv');
  await expect(readyMap(page)).toHaveAttribute('data-points', String(rows.length));

  // Files made to break a reader are refused with a reason, and what is on the screen stays.
  const hostile: readonly (readonly [name: string, content: Buffer, reason: RegExp])[] = [
    ['open.json', Buffer.from('[{"text": "sea"'), /not valid JSON/],
    ['picture.csv', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), /PNG picture/],
    ['cut.parquet', Buffer.from('PAR1 and then nothing'), /Parquet/],
    ['cut.npy', Buffer.from("\x93NUMPY\x01\x00v\x00{'descr': '<f4'", 'latin1'), /NumPy/],
    ['other.zip', Buffer.from(zipSync({ 'a.txt': strToU8('sea') })), /not a session/],
  ];
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  for (const [name, buffer, reason] of hostile) {
    await dialog.getByLabel('Upload file').setInputFiles({ name, mimeType: '', buffer });
    await expect(dialog.getByRole('alert')).toContainText(name);
    await expect(dialog.getByRole('alert')).toContainText(reason);
    await expect(dialog.getByRole('alert')).toContainText('Nothing was changed');
    await expect(dialog.getByRole('button', { name: 'Use this data' })).toBeDisabled();
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'mixed.csv');
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await dialog.getByLabel('Upload file').setInputFiles({
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[{"text": "one"}, {"text": '),
  });
  await expect(dialog.getByRole('alert')).toContainText(/JSON/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'mixed.csv');

  await pasteTexts(page, pasted);
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'Pasted texts');
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'mixed.csv');

  const exported = (await download(page, 'Points (CSV)')).toString('utf8');
  const { default: papa } = await import('papaparse');
  const read = papa.parse<Record<string, string>>(exported.trimEnd(), { header: true }).data;
  const firstRun = read.slice(0, rows.length);
  expect(firstRun.map(({ text }) => text)).toEqual(
    rows.map(([text]) => (text!.startsWith('=') ? `'${text}` : text)),
  );
  expect(firstRun.map(({ label }) => label)).toEqual(rows.map(([, label]) => label));

  // Names and texts that are markup are shown as they are.
  const markup = '<img src=x onerror="document.title=1">';
  const injected = ['<script>document.title=1</script>', markup, 'javascript:document.title=1', '{{7*7}}'];
  const lines = injected.flatMap((text) => [text, `${text} again`, `and ${text}`]);
  const table = `text,${quote(markup)}\n${lines.map((text) => [text, markup].map(quote).join(',')).join('\n')}\n`;
  const title = await page.title();
  await uploadFile(page, { name: `${markup}.csv`, mimeType: 'text/csv', buffer: Buffer.from(table) });
  await expect(readyMap(page)).toHaveAttribute('data-dataset', `${markup}.csv`);
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(page.getByText(injected[0]!, { exact: true }).first()).toBeVisible();
  await expect(page.locator('img[src="x"], main script')).toHaveCount(0);
  expect(await page.title()).toBe(title);
});

test('100,000 rows do not freeze the tab: it answers while they are embedded', async ({ page }) => {
  test.setTimeout(120_000);
  await openPage(page);
  const lines = Array.from(
    { length: 100_000 },
    (_, row) => `${row},"Row ${row} speaks of topic ${row % 50}, in its own way",topic ${row % 50}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'rows-'));
  const path = join(folder, 'large.csv');
  writeFileSync(path, `id,text,topic\n${lines.join('\n')}`);
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog.getByLabel('Upload file').setInputFiles(path);
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('100,000', { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(page.getByRole('button', { name: /large\.csv/ })).toBeVisible();
  // Cancelled while it still counts words, a baseline is cancelled and has not failed; the other one goes on.
  const words = runItem(page, 'baseline/words-lsa');
  await words.getByRole('button', { name: 'Cancel' }).click();
  await expect(words).toHaveAccessibleName(/cancelled/);
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(page.getByRole('region', { name: 'Compare' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Progress' })).toHaveText(/Embedding|Finding|Drawing/);
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(page.getByRole('region', { name: 'Map' }).locator('[data-points="100000"]')).toBeVisible({
    timeout: 90_000,
  });
  rmSync(folder, { recursive: true });
});
