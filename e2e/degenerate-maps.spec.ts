import { readFileSync } from 'node:fs';
import papa from 'papaparse';
import { npyHeader } from '../src/core/export/npy-header';
import { expect, openPage, readyMap, test } from './journey';

const dims = 16;
const wave = (seed: number) => Float32Array.from({ length: dims }, (_, i) => Math.sin(1 + seed * (i + 1)));
/** A row near one of two groups whose vectors have nothing in common. */
const ofGroup = (group: number, row: number) =>
  Float32Array.from({ length: dims }, (_, i) =>
    Math.floor(i / 8) === group ? 1 + 0.3 * Math.sin(row * (i + 2)) : 0,
  );

const cases: { name: string; rows: Float32Array[] }[] = [
  { name: 'one', rows: [wave(1)] },

  { name: 'all equal', rows: Array.from({ length: 20 }, () => wave(1)) },
  { name: 'few and repeated', rows: Array.from({ length: 24 }, (_, row) => wave(row % 7)) },
  { name: 'two parts', rows: Array.from({ length: 60 }, (_, row) => ofGroup(row % 2, row)) },
];

test('too few rows, equal rows, repeated rows and parts without a link between them all have a finite map', async ({
  page,
}) => {
  test.slow();
  await openPage(page);
  for (const { name, rows } of cases) {
    const texts = rows.map((_, row) => `${name}, row number ${row}`).join('\n');
    const vectors = rows.map((row) => new Uint8Array(row.buffer));
    const header = npyHeader({ rows: rows.length, dims });
    await page.getByRole('button', { name: 'Add data' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add data' });
    await dialog.getByLabel('Upload file').setInputFiles([
      { name: `${name}.txt`, mimeType: 'text/plain', buffer: Buffer.from(texts) },
      {
        name: `given.npy`,
        mimeType: 'application/octet-stream',
        buffer: Buffer.concat([header, ...vectors]),
      },
    ]);
    await dialog.getByRole('button', { name: 'Use this data' }).click();
    await expect(dialog).toBeHidden();
    await expect(readyMap(page)).toHaveAttribute('data-dataset', `${name}.txt`);
    await expect(readyMap(page)).toHaveAttribute('data-run', /^given#/);
    await expect(readyMap(page)).toHaveAttribute('data-points', String(rows.length));

    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Points (CSV)' }).click();
    const csv = readFileSync(await (await started).path(), 'utf8').trimEnd();
    const places = papa
      .parse<Record<string, string>>(csv, { header: true })
      .data.filter(({ run }) => run?.startsWith('given#'));
    expect(places).toHaveLength(rows.length);
    for (const { x, y } of places) {
      expect(x).not.toBe('');
      expect(Number.isFinite(Number(x)) && Number.isFinite(Number(y))).toBe(true);
    }
    if (name === 'two parts') {
      // The nearest place of every row is of its own part.
      const apart = (a: number, b: number) =>
        Math.hypot(Number(places[a]!.x) - Number(places[b]!.x), Number(places[a]!.y) - Number(places[b]!.y));
      rows.forEach((_, row) => {
        const others = rows.map((_unused, other) => other).filter((other) => other !== row);
        const nearest = others.reduce((best, other) => (apart(row, other) < apart(row, best) ? other : best));
        expect(nearest % 2).toBe(row % 2);
      });
    }
    if (name === 'few and repeated') {
      const distinct = new Set(places.map(({ x, y }) => `${x} ${y}`));
      expect(distinct.size).toBe(7);
    }
  }
});
