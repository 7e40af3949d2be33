import { readFileSync } from 'node:fs';
import {
  cosineTable,
  referenceCka,
  spearman,
  upperTriangle,
  type Vectors,
} from '../src/core/evaluation/reference-measures';
import {
  embedWith,
  expect,
  nearestRows,
  openPage,
  pasteTexts,
  runItem,
  saveCsv,
  test,
  uploadFile,
} from './journey';
import { startApiServer } from './server/api-server';
import { embedText } from './server/embed-text';

const subjects = ['copper', 'velvet', 'marble', 'cotton', 'silver', 'timber'];
const rows = Array.from({ length: 66 }, (_, i) => ({
  text: `${subjects[i % 6]} ${subjects[(i * 5 + 1) % 6]} workshop lot ${i} on shelf ${(i * 7) % 31}`,
  label: i % 11 === 0 ? '' : subjects[i % 6]!,
}));
const models = ['local/ngram-64', 'local/ngram-256', 'local/ngram-1024'];

interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

interface Comparison {
  rows: number;
  k: number;
  runs: { id: string; model: string; dimensions: number; provider: string; prefix: string }[];
  scores: Record<string, Record<string, Estimate>>;
  pairs: ({ a: string; b: string; perRow: (number | null)[] } & Record<string, Estimate>)[];
  notes: Record<string, string>;
}

const unit = (vector: ArrayLike<number>) => {
  const length = Math.hypot(...Array.from(vector));
  return Array.from(vector, (value) => value / length);
};

function shared(a: Vectors, b: Vectors, k: number): number[] {
  return a.map((_, row) => {
    const near = new Set(nearestRows(a, row, k).map((other) => other.row));
    return nearestRows(b, row, k).filter((other) => near.has(other.row)).length / k;
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('three models on labelled texts: scores, agreement and Comparison (JSON) are those of the vectors', async ({
  page,
  api,
}) => {
  await openPage(page);
  const csv = ['text,label,weight', ...rows.map(({ text, label }, i) => `${text},${label},${i / 2}`)].join(
    '\n',
  );
  await uploadFile(page, { name: 'lots.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await embedWith(page, api, ...models);
  for (const model of models) await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await page.getByRole('tab', { name: 'Compare' }).click();
  const vectors = new Map(
    models.map((model) => [model, rows.map(({ text }) => unit(embedText(model, text)))]),
  );

  // The scoreboard names the accuracy of the neighbours' votes; a click selects the rows that were voted wrong.
  const board = page.getByRole('table', { name: /^Scoreboard/ });
  const labelled = rows.flatMap(({ label }, row) => (label === '' ? [] : [row]));
  const classSize = Math.min(
    ...subjects.map((subject) => rows.filter(({ label }) => label === subject).length),
  );
  const k = Math.min(10, classSize - 1);
  const votesOf = (model: string) => {
    const own = labelled.map((row) => vectors.get(model)![row]!);
    return labelled.map((_, i) => {
      const totals = new Map<string, number>();
      for (const { row, similarity } of nearestRows(own, i, k)) {
        const label = rows[labelled[row]!]!.label;
        totals.set(label, (totals.get(label) ?? 0) + similarity);
      }
      return [...totals].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
    });
  };
  const accuracyOf = (model: string) =>
    mean(votesOf(model).map((vote, i) => (vote === rows[labelled[i]!]!.label ? 1 : 0)));
  for (const model of models) {
    const line = board.locator(`tr[data-run^="${model}#"]`);
    const cell = line.locator('[id$="knnAccuracy"]');
    await expect(cell).toHaveText(`${(100 * accuracyOf(model)).toFixed(1)} %`);
  }
  const wrong = votesOf(models[0]!).filter((vote, i) => vote !== rows[labelled[i]!]!.label).length;
  if (wrong > 0) {
    await board.locator(`tr[data-run^="${models[0]}#"] [id$="knnAccuracy"]`).click();
    await page.getByRole('tab', { name: 'Table' }).click();
    await expect(page.getByRole('button', { name: `Selected only ${wrong}` })).toBeVisible();
    await page.getByRole('tab', { name: 'Compare' }).click();
  }

  // A number in the answer leads to the cell that it is read from.
  const answer = page.locator('[data-rows]').first();
  await expect(answer).toHaveAttribute('data-rows', String(rows.length));
  const number = answer.getByRole('button', { name: /show where it stands/ }).first();
  await number.click();
  await expect(page.locator(':focus')).toHaveAttribute('data-value', /\d/);

  // A column of amounts colours the maps along its own scale.
  await page.getByRole('button', { name: /^Colour:/ }).click();
  await page.getByRole('menuitemradio', { name: 'weight' }).click();
  await expect(page.getByRole('img', { name: 'Colours: weight, from ≤ 0.5 to ≥ 32' })).toBeVisible();
  await page.getByRole('button', { name: /^Colour:/ }).click();
  await page.getByRole('menuitemradio', { name: 'label' }).click();

  // The tables as files: what is on the screen.
  const scoreLines = await saveCsv(page, 'Scores (CSV)');
  const accuracyAt = scoreLines[0]!.indexOf('knnAccuracy');
  for (const model of models) {
    const line = scoreLines.find(([id]) => id!.startsWith(`${model}#`))!;
    expect(Number(line[accuracyAt])).toBeCloseTo(accuracyOf(model), 12);
    expect(Number(line[accuracyAt + 1])).toBeLessThanOrEqual(accuracyOf(model));
  }

  // Whole spaces are measured when they are asked for.
  const agreement = page.getByRole('table', { name: /^Agreement/ });
  await page.getByRole('button', { name: /^Measure/ }).click();
  await page.getByRole('menuitemradio', { name: 'CKA' }).click();
  const [small, large] = [vectors.get(models[0]!)!, vectors.get(models[2]!)!];
  await expect(agreement.locator(`[data-a^="${models[0]}#"][data-b^="${models[2]}#"]`)).toHaveText(
    referenceCka(small, large).toFixed(2),
  );

  const pairLines = await saveCsv(page, 'Agreement (CSV)');
  const pairLine = pairLines.find(
    ([a, b]) => a!.startsWith(`${models[0]}#`) && b!.startsWith(`${models[2]}#`),
  )!;
  expect(Number(pairLine[pairLines[0]!.indexOf('cka')])).toBeCloseTo(referenceCka(small, large), 5);
  expect(Number(pairLine[pairLines[0]!.indexOf('overlap')])).toBeCloseTo(mean(shared(small, large, 10)), 2);

  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Comparison (JSON)' }).click();
  const file = JSON.parse(readFileSync(await (await started).path(), 'utf8')) as Comparison;
  expect(file.rows).toBe(rows.length);
  expect(file.k).toBe(10);
  expect(file.runs).toHaveLength(5);
  const idOf = (model: string) => file.runs.find((run) => run.model === model)!.id;
  expect(file.runs.find((run) => run.model === models[1])).toMatchObject({ dimensions: 256, prefix: '' });
  for (const model of models) {
    const scores = file.scores[idOf(model)]!;
    const cosines = upperTriangle(cosineTable(vectors.get(model)!));
    expect(scores.meanSimilarity!.value).toBeCloseTo(mean(cosines), 6);
    const spread = Math.sqrt(mean(cosines.map((value) => (value - mean(cosines)) ** 2)));
    expect(scores.sdSimilarity!.value).toBeCloseTo(spread, 6);
    expect(scores.knnAccuracy!.value).toBeCloseTo(accuracyOf(model), 12);
    expect(scores.knnAccuracy!.low).toBeLessThanOrEqual(scores.knnAccuracy!.value!);
    expect(scores.intrinsicDimension!.value).toBeNull();
    expect(file.notes[`scores.${idOf(model)}.intrinsicDimension`]).toMatch(/100 rows/);
  }
  for (const [i, first] of models.entries()) {
    for (const second of models.slice(i + 1)) {
      const [a, b] = [vectors.get(first)!, vectors.get(second)!];
      const pair = file.pairs.find((each) => each.a === idOf(first) && each.b === idOf(second))!;
      const perRow = shared(a, b, 10);
      expect(pair.perRow).toHaveLength(rows.length);
      // Rows whose cosines differ by less than 1e-6 may stand in either order.
      const off = pair.perRow.filter((value, row) => Math.abs(value! - perRow[row]!) > 1e-6).length;
      expect(off).toBeLessThanOrEqual(1);
      expect(pair.overlap!.value).toBeCloseTo(mean(perRow), 2);
      const chance = 10 / (rows.length - 1);
      expect(pair.overlapCorrected!.value).toBeCloseTo((pair.overlap!.value! - chance) / (1 - chance), 9);
      expect(pair.cka!.value).toBeCloseTo(referenceCka(a, b), 5);
      const [x, y] = [a, b].map((vectorsOf) => upperTriangle(cosineTable(vectorsOf)));
      expect(pair.rsa!.value).toBeCloseTo(spearman(x!, y!, 1e-9), 4);
      expect(pair.procrustes!.value).toBeGreaterThan(0);
      expect(pair.procrustes!.value).toBeLessThanOrEqual(1);
    }
  }
  expect(file.notes.labels).toMatch(/^Scores by labels leave out 6 rows without a label/);

  // Smaller vectors: neighbours found in the first 256 numbers, made length 1 again.
  await page.getByText('What does smaller cost?').click();
  const smaller = page.getByRole('table', { name: 'Smaller vectors' });
  const line = smaller.locator(`tr[data-run^="${models[2]}#"][data-way="256"]`);
  await expect(line).toBeVisible();
  const cut = large.map((vector) => unit(vector.slice(0, 256)));
  const kept = Number(/([\d.]+) %/.exec((await line.textContent()) ?? '')?.[1]);
  expect(Math.abs(kept - 100 * mean(shared(large, cut, 10)))).toBeLessThan(0.4);
  await expect(smaller.locator(`tr[data-run^="${models[0]}#"][data-way="64 binary"]`)).toContainText('8 MB');
  await expect(
    page
      .getByRole('img', { name: /^Chart/ })
      .or(page.locator('svg[aria-label^="Chart"]'))
      .first(),
  ).toBeVisible();

  const smallerLines = await saveCsv(page, 'Smaller vectors (CSV)');
  const cutLine = smallerLines.find(
    ([id, numbers, code]) => id!.startsWith(`${models[2]}#`) && numbers === '256' && code === 'float32',
  )!;
  expect(Math.abs(100 * Number(cutLine[4]) - kept)).toBeLessThan(0.051);

  // Judged pairs from a file.
  const judged = Array.from({ length: 40 }, (_, i) => {
    const [a, b] = [(i * 7) % 66, (i * 11 + 3) % 66];
    return { a, b, score: rows[a]!.label === rows[b]!.label ? 4 + (i % 2) : i % 4 };
  }).filter(({ a, b }) => a !== b);
  const gold = [
    'first,second,score',
    ...judged.map(({ a, b, score }) => `${rows[a]!.text},${rows[b]!.text},${score}`),
  ];
  await page.getByText('Gold pairs', { exact: true }).click();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Gold pairs file' }).click();
  await (await choosing).setFiles({
    name: 'gold.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(gold.join('\n')),
  });
  const pairsTable = page.getByRole('table', { name: 'Gold pairs' });
  const spearmanCell = pairsTable.locator(`tr[data-run^="${models[2]}#"] [data-value]`);
  const expectedRank = spearman(
    judged.map(({ a, b }) => large[a]!.reduce((sum, value, at) => sum + value * large[b]![at]!, 0)),
    judged.map(({ score }) => score),
    1e-9,
  );
  await expect(spearmanCell).toHaveText(expectedRank.toFixed(2).replace('-', '−'));
  const goldLines = await saveCsv(page, 'Gold pairs (CSV)');
  const goldLine = goldLines.find(([id]) => id!.startsWith(`${models[2]}#`))!;
  expect(Number(goldLine[1])).toBeCloseTo(expectedRank, 4);
  // They enter the answer, and a number there leads to their cell from wherever one is.
  await page.getByText('Scoreboard', { exact: true }).click();
  await expect(answer).toContainText('On the gold pairs,');

  // The inspector has a column for every run, with lines to the next: those out of sight follow when they are scrolled to.
  const isClear = (row: number) =>
    models.every((model) => {
      const near = nearestRows(vectors.get(model)!, row, 11).map(({ similarity }) => similarity);
      return near.every((similarity, i) => i === 0 || near[i - 1]! - similarity > 1e-4);
    });
  const pinned = rows.findIndex((_, row) => isClear(row));
  await page.getByRole('tab', { name: 'Table' }).click();
  await page.locator(`tr[data-row="${pinned}"]`).click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('2 of 5 runs in sight')).toBeVisible();
  for (const model of models) {
    const name = model.replace('local/', '');
    await inspector.getByRole('button', { name: `Show ${name}`, exact: true }).click();
    const head = inspector.getByRole('button', { name: new RegExp(`^Column \\d: ${name}$`) });
    await expect(head).toBeInViewport({ ratio: 0.9 });
    const place = (await head.getAttribute('aria-label'))!.startsWith('Column 1:') ? '' : ` in ${name}`;
    const list = inspector.getByRole('list', { name: `Neighbours${place}`, exact: true });
    await expect
      .poll(() =>
        list.locator('[data-row]').evaluateAll((items) => items.map((item) => Number(item.dataset.row))),
      )
      .toEqual(nearestRows(vectors.get(model)!, pinned, 10).map(({ row }) => row));
  }
  await expect(inspector.getByText(/^\d+ of 10 in all 5 runs/)).toBeVisible();
  // A run chosen for a column changes places with the one that stood there.
  await inspector.getByRole('button', { name: /^Column 5:/ }).click();
  await page.getByRole('menuitemradio', { name: 'ngram-64', exact: true }).click();
  await expect(inspector.getByRole('button', { name: 'Column 5: ngram-64' })).toBeVisible();
});

test('Comparison (JSON) can be cancelled: no file comes, that is said, and the next one is whole', async ({
  page,
  api,
}) => {
  const twin = await startApiServer();
  await openPage(page);
  await pasteTexts(
    page,
    Array.from({ length: 300 }, (_, i) => `${rows[i % rows.length]!.text}, again ${i}`),
  );
  for (const server of [api, twin]) await embedWith(page, server, 'local/ngram-1024');
  const runs = runItem(page, 'local/ngram-1024');
  for (const run of [0, 1]) await expect(runs.nth(run)).toHaveAccessibleName(/done/);
  await page.getByRole('tab', { name: 'Compare' }).click();
  // Only these two: their one pair of 1,024 numbers takes seconds to be aligned.
  await page.getByRole('button', { name: /^Runs \d/ }).click();
  const others = page.getByRole('menuitemcheckbox').filter({ hasNotText: 'ngram-1024' });
  await expect(others).toHaveCount(2);
  for (const i of [0, 1]) {
    await others.nth(i).click();
    await expect(others.nth(i)).toHaveAttribute('aria-checked', 'false');
  }
  await page.keyboard.press('Escape');
  const status = page.getByRole('status', { name: 'Progress' });
  await expect(status).toContainText('Ready', { timeout: 30_000 });

  let files = 0;
  page.on('download', () => files++);
  const ask = async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Comparison (JSON)' }).click();
  };
  await ask();
  await expect(status).toContainText('Aligning');
  await page.getByRole('button', { name: 'Cancel Comparison (JSON)' }).click();
  const said = page.getByRole('alert').filter({ hasText: 'Comparison (JSON) was cancelled.' });
  await expect(said).toContainText('No file was written.');
  await expect(status).toContainText('Ready');
  expect(files).toBe(0);

  const started = page.waitForEvent('download');
  await ask();
  const file = JSON.parse(readFileSync(await (await started).path(), 'utf8')) as Comparison;
  expect(file.runs).toHaveLength(2);
  expect(file.pairs).toHaveLength(1);
  expect(file.pairs[0]!.procrustes!.value).toBeCloseTo(1, 6);
  await expect(said).toBeHidden();
  await expect(status).toContainText('Ready');
  expect(files).toBe(1);
  await twin.close();
});
