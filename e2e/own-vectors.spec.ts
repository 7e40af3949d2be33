import { readFileSync } from 'node:fs';
import { npyHeader } from '../src/core/export/npy-header';
import { expect, nearestRows, readyMap, runItem, test } from './journey';

const words = ['gull', 'wave', 'pier', 'sail', 'rope', 'net'];
const texts = Array.from(
  { length: 60 },
  (_, row) => `${words[row % 6]} number ${row} ${row % 4 === 0 ? 'at dawn' : ''}`,
);

/** Vectors whose neighbours have nothing to do with the texts. */
function vectorsOf(width: number): Float32Array[] {
  return texts.map((_, row) =>
    Float32Array.from({ length: width }, (_, i) => Math.sin(1 + row * (i + 1) * 0.37)),
  );
}

function npy(vectors: readonly Float32Array[]): Buffer {
  const header = npyHeader({ rows: vectors.length, dims: vectors[0]!.length });
  return Buffer.concat([header, ...vectors.map((vector) => new Uint8Array(vector.buffer))]);
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

test('own vectors become runs whose neighbours are theirs, with texts or for those on the screen; misfits are refused with both numbers', async ({
  page,
}) => {
  await page.goto('/');
  const wide = vectorsOf(12);
  // A blank line is no row of the data, and its vector none either.
  const lines = [...texts.slice(0, 20), ' ', ...texts.slice(20)];
  const withBlank = [...wide.slice(0, 20), new Float32Array(12).fill(7), ...wide.slice(20)];
  await page.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await dialog
    .getByLabel('Upload file')
    .setInputFiles([
      file('harbour.txt', Buffer.from(lines.join('\n'))),
      file('org-model.npy', npy(withBlank)),
    ]);
  await expect(dialog.getByRole('region', { name: 'Vectors' })).toContainText('org-model12 numbers a row');
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(runItem(page, 'org-model')).toHaveAccessibleName(/from a file, done/);
  await expect(readyMap(page)).toHaveAttribute('data-run', /^org-model#/);
  await expect(readyMap(page)).toHaveAttribute('data-points', '60');

  // Another array joins them; one of another length is refused and changes nothing.
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await dialog.getByLabel('Upload file').setInputFiles(file('short.npy', npy(wide.slice(0, 59))));
  await expect(dialog.getByRole('alert')).toContainText('59 vectors');
  await expect(dialog.getByRole('alert')).toContainText('60 rows');
  await expect(dialog.getByRole('button', { name: 'Use this data' })).toBeDisabled();
  const narrow = vectorsOf(5);
  narrow[9] = new Float32Array(5);
  await dialog.getByLabel('Upload file').setInputFiles(file('other.npy', npy(narrow)));
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(runItem(page, 'other')).toHaveAccessibleName(/1 failed/);
  await expect(runItem(page, 'other')).toContainText('all zeros');

  await page.getByRole('button', { name: 'Export' }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Neighbours (JSONL)' }).click();
  const jsonl = readFileSync(await (await started).path(), 'utf8')
    .trim()
    .split('\n');
  const rows = jsonl.map(
    (line) => JSON.parse(line) as { row: number; run: string; neighbours: { row: number }[] },
  );
  for (const [model, vectors] of [
    ['org-model', wide],
    ['other', narrow.filter((_, row) => row !== 9)],
  ] as const) {
    const ofRun = rows.filter(({ run }) => run.startsWith(`${model}#`));
    expect(ofRun.length).toBe(vectors.length);
    ofRun.forEach(({ neighbours }, i) => {
      const original = (row: number) => (model === 'other' && row >= 9 ? row + 1 : row);
      const expected = nearestRows(vectors, i, 5).map(({ row }) => original(row));
      expect(neighbours.slice(0, 5).map(({ row }) => row)).toEqual(expected);
    });
  }
  // They are kept like any others.
  await page.reload();
  await expect(runItem(page, 'org-model')).toHaveAccessibleName(/done/);
  await expect(readyMap(page)).toHaveAttribute('data-run', /^org-model#/);

  // And leave as they came, to the bit.
  const taken = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Vectors (NPY)' }).click();
  expect(readFileSync(await (await taken).path()).equals(npy(wide))).toBe(true);

  // Coordinates of a table are a map that needs no vectors; rows without both are left off, and said.
  const csv = ['note,umap_1,umap_2', ...texts.map((text, row) => `${text},${row % 8},${Math.sin(row)}`)];
  csv[3] = `${texts[2]},,1`;
  csv[4] = `${texts[3]},inf,1`;
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await dialog.getByLabel('Upload file').setInputFiles(file('placed.csv', Buffer.from(csv.join('\n'))));
  await expect(dialog.getByRole('combobox', { name: 'Map y column' })).toHaveValue('umap_2');
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  const map = page.getByRole('region', { name: 'Map' });
  await expect(map).toContainText('across: umap_1 · up: umap_2');
  await expect(map).toContainText('2 rows without two numbers as coordinates are not drawn.');
  await expect(map.locator('[data-quality="measured"]')).toContainText('Neighbours shown are real');
  await expect(readyMap(page)).toHaveAttribute('data-points', '58');

  // Another map joins the rows that are there: by their order, refused where they are not as many, or by their texts.
  const places = ['x,y', ...texts.map((_, row) => `${row % 5},${Math.cos(row)}`)];
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await dialog
    .getByLabel('Upload file')
    .setInputFiles(file('few.csv', Buffer.from(places.slice(0, 60).join('\n'))));
  await expect(dialog.getByRole('alert')).toContainText('59 places');
  await expect(dialog.getByRole('alert')).toContainText('60 rows');
  await expect(dialog.getByRole('button', { name: 'Use this data' })).toBeDisabled();
  await dialog.getByLabel('Upload file').setInputFiles(file('places.csv', Buffer.from(places.join('\n'))));
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText(texts[7]!);
  await dialog.getByRole('button', { name: 'Use this data · 1 map' }).click();
  await expect(map).toContainText('across: x · up: y');
  await expect(readyMap(page)).toHaveAttribute('data-points', '60');
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(2);
  const moved = csv.map((line, row) => (row === 0 ? line : line.replace(/,[^,]*$/, ',2')));
  for (const [name, lines] of [
    ['turned.csv', [moved[0]!, ...moved.slice(1).reverse()]],
    ['moved.csv', moved],
  ] as const) {
    await page.getByRole('button', { name: 'Add data' }).first().click();
    await dialog.getByLabel('Upload file').setInputFiles(file(name, Buffer.from(lines.join('\n'))));
    await dialog.getByRole('radio', { name: 'Only its map' }).check();
    if (name === 'moved.csv') continue;
    await expect(dialog.getByRole('alert')).toContainText(`“${texts[0]}” there and “${texts[59]}”`);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  }
  await dialog.getByRole('button', { name: 'Use this data · 1 map' }).click();
  await expect(map).toContainText('up: umap_2 (2)');
  await page.reload();
  await expect(map).toContainText('up: umap_2 (2)');

  // The file of the texts once more keeps what joined them; the same places once more add nothing. Both are said.
  const tabs = page.getByRole('tablist').first();
  const without = await tabs.boundingBox();
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await dialog.getByLabel('Upload file').setInputFiles(file('placed.csv', Buffer.from(csv.join('\n'))));
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  const said = page.getByRole('alert').filter({ hasText: 'These data were on the screen already.' });
  await expect(said).toBeVisible();
  // It goes by itself, so it takes no room.
  expect(await tabs.boundingBox()).toEqual(without);
  await expect(map).toContainText('across: umap_1 · up: umap_2 (2)');
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await dialog.getByLabel('Upload file').setInputFiles(file('places.csv', Buffer.from(places.join('\n'))));
  await dialog.getByRole('button', { name: 'Use this data · 1 map' }).click();
  await expect(page.getByText('These places were in the data already.')).toBeVisible();
  await expect(map).toContainText('across: x · up: y');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(map).toContainText('across: umap_1 · up: umap_2 (2)');
  await page.getByRole('button', { name: 'Layout' }).click();
  await expect(page.getByRole('dialog', { name: 'Layout' })).toContainText('Coordinates from the file');
  await page.keyboard.press('Escape');
  await expect(readyMap(page)).toHaveAttribute('data-points', '58');

  for (const model of ['Words', 'Letters'])
    await runItem(page, model).getByRole('button', { name: 'Remove' }).click();
  await expect(map.locator('[data-quality]')).toHaveCount(0);
  await expect(map.locator('[data-state="ready"]')).toHaveAttribute('data-points', '58');
});
