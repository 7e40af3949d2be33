import { readFileSync } from 'node:fs';
import { cosine, embedWith, expect, openPage, pasteTexts, readyMap, runItem, test } from './journey';
import { embedText } from './server/embed-text';

const model = 'local/ngram-256';
const subjects = ['a boat in the harbour', 'the price of bread', 'snow on the pass', 'an old piano'];
const texts = Array.from(
  { length: 80 },
  (_, i) => `${subjects[i % 4]}, seen for the ${(i * 37) % 101}th time`,
);
const k = 15;

test('the map says how far to believe it: numbers of the original vectors and the places drawn', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, texts);
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await expect(readyMap(page)).toHaveAttribute('data-run', new RegExp(`^${model}`));
  const map = page.getByRole('region', { name: 'Map' });
  const shown = map.getByText(/^Neighbours shown are real/);
  await expect(shown).toBeVisible();
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Points (CSV)' }).click();
  const lines = readFileSync(await (await started).path(), 'utf8').split('\n');
  const places = new Map(
    lines
      .filter((line) => line.includes(model))
      .map((line) => {
        const fields = line.split(`${model}#`)[1]!.split(',');
        return [Number(line.split(',')[0]), [Number(fields[1]), Number(fields[2])] as const];
      }),
  );
  expect(places.size).toBe(texts.length);

  const vectors = texts.map((text) => embedText(model, text));
  const nearest = (row: number, distance: (other: number) => number) =>
    Array.from(texts.keys())
      .filter((other) => other !== row)
      .sort((a, b) => distance(a) - distance(b) || a - b);
  const place = (row: number) => places.get(row)!;
  let [intruders, missing] = [0, 0];
  for (const row of texts.keys()) {
    const space = nearest(row, (other) => 1 - cosine(vectors[row]!, vectors[other]!));
    const drawn = nearest(row, (other) =>
      Math.hypot(place(other)[0] - place(row)[0], place(other)[1] - place(row)[1]),
    );
    for (const other of drawn.slice(0, k)) intruders += Math.max(0, space.indexOf(other) + 1 - k);
    for (const other of space.slice(0, k)) missing += Math.max(0, drawn.indexOf(other) + 1 - k);
  }
  const n = texts.length;
  const scale = 2 / (n * k * (2 * n - 3 * k - 1));
  const readValue = async (name: string) =>
    Number(
      new RegExp(`${name} (\\d?\\.\\d\\d)`).exec(
        await map.getByText(new RegExp(`^${name}`)).innerText(),
      )?.[1],
    );
  expect(
    Math.abs((await readValue('Neighbours shown are real')) - (1 - scale * intruders)),
  ).toBeLessThanOrEqual(0.0055);
  expect(
    Math.abs((await readValue('Real neighbours are shown')) - (1 - scale * missing)),
  ).toBeLessThanOrEqual(0.0055);
  const beside = /PCA (\d?\.\d\d), shuffled (\d?\.\d\d)/.exec(await shown.innerText())!.map(Number);
  expect(beside[2]).toBeGreaterThan(0.4);
  expect(beside[2]).toBeLessThan(0.6);
  expect(beside[1]).toBeGreaterThan(beside[2]!);
});
