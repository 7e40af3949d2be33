import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceCka } from '../src/core/evaluation/reference-measures';
import {
  cosine,
  embedWith,
  expect,
  hoverSomePoint,
  nearestRows,
  openPage,
  readyMap,
  runItem,
  test,
  uploadFile,
} from './journey';
import { startApiServer } from './server/api-server';

/** What the id of a run of the model looks like. */
const runOf = (model: string) => new RegExp(`^${model.replace(/[.*+?^$()|[\]\\/]/g, '\\$&')}#`);

const folder = process.env.SAMPLE_VECTORS_DIR ?? '';

// Real models, where a folder of recorded vectors is named; their licences keep them out of the project.
if (folder === '' || !existsSync(join(folder, 'texts.jsonl'))) {
  console.log(
    'recorded-models: SAMPLE_VECTORS_DIR names no folder with texts.jsonl, so no real model is tried.',
  );
} else {
  test('real models over HTTP: the neighbours, cells and comparison on the screen are those of the recorded vectors', async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const server = await startApiServer({ vectors: folder });
    const sidecars = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const models = sidecars.map((name) => {
      const { model, rows, dims } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        model: string;
        rows: number;
        dims: number;
      };
      const bytes = readFileSync(join(folder, name.replace(/\.json$/, '.f32')));
      const values = new Float32Array(bytes.buffer, bytes.byteOffset, rows * dims);
      return {
        model,
        vectors: Array.from({ length: rows }, (_, row) => values.subarray(row * dims, (row + 1) * dims)),
      };
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
      await runItem(page, model)
        .getByRole('button', { name: model })
        .or(runItem(page, model).getByRole('button').first())
        .first()
        .click();
      await expect(readyMap(page)).toHaveAttribute('data-run', runOf(model));
      await expect(readyMap(page)).toHaveAttribute('data-points', String(vectors.length));
      const started = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: 'Neighbours (JSONL)' }).click();
      const lines = readFileSync(await (await started).path(), 'utf8')
        .trimEnd()
        .split('\n');
      const records = lines.map(
        (line) =>
          JSON.parse(line) as { row: number; run: string; neighbours: { row: number; similarity: number }[] },
      );
      for (const { row, neighbours } of records
        .filter(({ run }) => run.startsWith(`${model}#`))
        .filter((_, i) => i % 25 === 0)) {
        const expected = nearestRows(vectors, row, 10);
        expect(neighbours).toHaveLength(10);
        // Rows whose cosines differ by less than 1e-6 may stand in either order, so each row's own cosine is compared.
        neighbours.forEach((near, i) => {
          expect(Math.abs(near.similarity - expected[i]!.similarity)).toBeLessThan(1e-5);
          expect(Math.abs(cosine(vectors[row]!, vectors[near.row]!) - expected[i]!.similarity)).toBeLessThan(
            1e-6,
          );
        });
      }

      // The cells of its matrix, alike rows together, are the cosines of the recorded vectors.
      await page.getByRole('tab', { name: 'Matrix' }).click();
      const matrix = page.getByRole('region', { name: 'Matrix' });
      await expect(matrix).toHaveAttribute('data-run', runOf(model));
      if (!/^alike/.test((await matrix.getAttribute('data-order')) ?? '')) {
        await page.getByRole('button', { name: /^Order/ }).click();
        await page.getByRole('menuitemradio', { name: 'Alike together' }).click();
      }
      await expect(matrix).toHaveAttribute('data-order', /^alike/);
      await expect(matrix).toHaveAttribute('data-state', 'ready');
      await matrix.getByRole('group', { name: /^Similarity matrix of/ }).focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowUp', 'ArrowUp']) {
        await page.keyboard.press(key);
        await expect
          .poll(async () => {
            const card = matrix.getByRole('tooltip');
            const value = Number(await card.locator('data[value]').getAttribute('value'));
            const [a, b] = [...(await card.textContent())!.matchAll(/row (\d+)/g)].map((match) => match[1]);
            return Math.abs(value - cosine(vectors[Number(a)]!, vectors[Number(b)]!));
          })
          .toBeLessThan(1e-5);
      }
      await page.getByRole('tab', { name: 'Map' }).click();
    }

    // All of them against each other: what the file says is what the recorded vectors say.
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Comparison (JSON)' }).click();
    const comparison = JSON.parse(readFileSync(await (await started).path(), 'utf8')) as {
      rows: number;
      pairs: { a: string; b: string; overlap: { value: number }; cka: { value: number } }[];
    };
    const unit = new Map(
      models.map(({ model, vectors }) => [
        model,
        vectors.map((vector) => {
          const length = Math.hypot(...vector);
          return Array.from(vector, (value) => value / length);
        }),
      ]),
    );
    for (const { a, b, overlap, cka } of comparison.pairs) {
      const [x, y] = [a, b].map((id) => unit.get(id.replace(/#[0-9a-f]{8}$/, '')));
      if (x === undefined || y === undefined || comparison.rows !== x.length) continue;
      const shares = x.map((_, row) => {
        const near = new Set(nearestRows(x, row, 10).map((other) => other.row));
        return nearestRows(y, row, 10).filter((other) => near.has(other.row)).length / 10;
      });
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      expect(Math.abs(overlap.value - mean)).toBeLessThan(2e-3);
      expect(Math.abs(cka.value - referenceCka(x, y))).toBeLessThan(1e-4);
    }

    // Four of the maps in one canvas, all laid onto the reference's: a row hovered in one is ringed in all, a lens colours
    // each by its own run, and what is left over after aligning stands beside those that were moved.
    await page.getByRole('tab', { name: 'Compare' }).click();
    const maps = page.locator('[data-run][data-points]');
    const wanted = Math.min(4, models.length);
    await page.getByRole('button', { name: /^Maps shown/ }).click();
    const choices = page.getByRole('menuitemcheckbox');
    for (let i = 0; (await maps.count()) < wanted && i < (await choices.count()); i++) {
      const choice = choices.nth(i);
      if ((await choice.getAttribute('aria-checked')) === 'false') await choice.click();
    }
    await page.keyboard.press('Escape');
    await expect(maps).toHaveCount(wanted);
    for (let pane = 0; pane < wanted; pane++)
      await expect(maps.nth(pane)).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
    await expect(page.getByText(/% left over/)).toHaveCount(wanted - 1);
    await expect(page.getByRole('status', { name: 'Progress' })).toContainText('Ready', { timeout: 60_000 });
    await page.getByRole('button', { name: 'Distance lens' }).click();
    const row = await hoverSomePoint(page, maps.nth(wanted - 1));
    await expect(page.getByRole('img', { name: `Colours: how alike to row ${row}:` })).toBeVisible();
    for (let pane = 0; pane < wanted; pane++)
      await expect(maps.nth(pane).locator(`svg [data-mark="hover"][data-row="${row}"]`)).toBeVisible();

    // The answer is about all runs, and every number in it leads to a cell that shows it.
    const numbers = page.locator('[data-rows]').getByRole('button', { name: /show where it stands/ });
    for (let i = 0; i < (await numbers.count()); i++) {
      await numbers.nth(i).click();
      await expect(page.locator(':focus')).not.toHaveCount(0);
    }
    await server.close();
  });
}
