import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { embedWith, expect, openPage, pasteTexts, readyMap, runItem, test, uploadFile } from './journey';
import { startApiServer } from './server/api-server';

const key = 'sk-kept-at-home-1234567890';
const texts = Array.from(
  { length: 80 },
  (_, row) => `Boat ${row} is ${row % 3 === 0 ? 'moored' : 'at sea'} in ${row % 7}`,
);

async function exported(page: Page, name: string): Promise<Buffer> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name, exact: false }).click();
  return readFileSync(await (await started).path());
}

/** What is drawn of a tab, with the pointer away from it. */
async function pictureOf(page: Page, tab: 'Map' | 'Matrix'): Promise<Buffer> {
  await page.getByRole('tab', { name: tab }).click();
  const region = page.getByRole('region', { name: tab, exact: true });
  await (tab === 'Map'
    ? expect(readyMap(page)).toBeVisible()
    : expect(region).toHaveAttribute('data-state', 'ready'));
  await page.mouse.move(2, 2);
  // The browser draws an icon at the edge of a curve one shade lighter or darker from time to time.
  return region.locator('canvas').first().screenshot({ style: 'svg.lucide { visibility: hidden }' });
}

/** Waits until a tab looks as it did elsewhere, pixel by pixel. */
async function expectPicture(page: Page, tab: 'Map' | 'Matrix', picture: Buffer): Promise<void> {
  await expect.poll(async () => (await pictureOf(page, tab)).equals(picture)).toBe(true);
}

test('a session brings texts, runs with their vectors and the view into a fresh browser, with the same numbers and without the key', async ({
  page,
  browser,
}) => {
  // Three browsers and two sessions.
  test.setTimeout(120_000);
  const server = await startApiServer({ key });
  await openPage(page);
  await pasteTexts(page, texts);
  // What is said of the new data takes room from the pictures that are compared below.
  await page.getByRole('button', { name: 'Dismiss' }).click();
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${server.url}/v1`);
  await panel.getByLabel('API key').fill(key);
  await embedWith(page, server, 'local/ngram-64');
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/);
  await expect(readyMap(page)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  const points = await exported(page, 'Points (CSV)');

  // The same rows as Parquet and as the pair of the Embedding Projector, vectors to the bit of the NPY file.
  const npy = await exported(page, 'Vectors (NPY)');
  const numbers = new Float32Array(Uint8Array.from(npy.subarray(128)).buffer);
  const parquet = await exported(page, 'Rows (Parquet)');
  const rows = await parquetReadObjects({ file: Uint8Array.from(parquet).buffer });
  expect(rows.map(({ text }) => text)).toEqual(texts);
  expect(rows.flatMap(({ vector }) => vector)).toEqual(Array.from(numbers));
  const placed = points
    .toString('utf8')
    .split('\n')
    .filter((line) => line.includes(',local/ngram-64#'))
    .map((line) => line.split(',').slice(4, 6).map(Number));
  expect(rows.map(({ x, y }) => [Math.fround(x), Math.fround(y)])).toEqual(
    placed.map((place) => place.map(Math.fround)),
  );
  const pair = unzipSync(await exported(page, 'Projector pair (TSV)'));
  expect(
    strFromU8(pair['vectors.tsv']!)
      .trim()
      .split(/[\t\n]/)
      .map((number) => Math.fround(Number(number))),
  ).toEqual(Array.from(numbers, (value) => value + 0));
  expect(strFromU8(pair['metadata.tsv']!).split('\n')[80]).toContain(texts[79]);

  // Selected rows alone, in each of the three kinds of file.
  const moored = texts.flatMap((text, row) => (text.includes('moored') ? [row] : []));
  await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('moored');
  await page
    .getByRole('region', { name: 'Search results' })
    .getByRole('button', { name: 'Select', exact: true })
    .click();
  await page.getByRole('searchbox', { name: 'Search', exact: true }).press('Escape');
  await expect(page.getByRole('region', { name: 'Selection', exact: true })).toContainText(
    `${moored.length} selected`,
  );
  const someRows = await parquetReadObjects({
    file: Uint8Array.from(await exported(page, 'Selected rows (Parquet)')).buffer,
  });
  expect(someRows).toEqual(moored.map((row) => rows[row]));
  const { data: somePoints } = Papa.parse<Record<string, string>>(
    (await exported(page, 'Selected rows (CSV)')).toString('utf8').trimEnd(),
    { header: true },
  );
  const { data: allPoints } = Papa.parse<Record<string, string>>(points.toString('utf8').trimEnd(), {
    header: true,
  });
  expect(somePoints.length).toBe(3 * moored.length);
  expect(somePoints).toEqual(allPoints.filter(({ row }) => moored.includes(Number(row))));
  const somePair = unzipSync(await exported(page, 'Selected rows (Projector pair)'));
  for (const [name, head] of [
    ['vectors.tsv', 0],
    ['metadata.tsv', 1],
  ] as const) {
    const all = strFromU8(pair[name]!).trimEnd().split('\n');
    expect(strFromU8(somePair[name]!).trimEnd().split('\n')).toEqual([
      ...all.slice(0, head),
      ...moored.map((row) => all[row + head]),
    ]);
  }

  const mapPicture = await pictureOf(page, 'Map');
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  await page.getByRole('button', { name: 'Add step', exact: true }).click();
  await page.getByRole('textbox', { name: 'Title of step 1' }).fill('Boats in harbour');
  await page.keyboard.press('Escape');
  const matrixPicture = await pictureOf(page, 'Matrix');
  const session = await exported(page, 'Session');
  const light = await exported(page, 'Light copy (ZIP)');
  expect(light.length).toBeLessThan(session.length / 2);
  for (const [name, bytes] of Object.entries({ ...unzipSync(light), ...unzipSync(session) }))
    expect(strFromU8(bytes, true), name).not.toContain(key);
  await server.close();

  const elsewhere = await browser.newContext({ acceptDownloads: true });
  const other = await elsewhere.newPage();
  const asked: string[] = [];
  other.on('request', (request) => asked.push(new URL(request.url()).origin));
  await other.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    setInterval(() => {
      const status = document.querySelector('[role=status][aria-label=Progress]')?.textContent;
      if (status != null && status !== said.at(-1)) said.push(status);
    }, 5);
  });
  await other.goto('/');
  await other.getByRole('button', { name: 'Add data' }).first().click();
  const dialog = other.getByRole('dialog', { name: 'Add data' });
  await dialog
    .getByLabel('Upload file')
    .setInputFiles({ name: 'boats.zip', mimeType: 'application/zip', buffer: session });
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('80 rows, 3 runs');
  await dialog.getByRole('button', { name: 'Use this data' }).click();
  await expect(other.getByRole('tab', { name: 'Matrix' })).toHaveAttribute('aria-selected', 'true');
  await expectPicture(other, 'Matrix', matrixPicture);
  await expectPicture(other, 'Map', mapPicture);
  await expect(runItem(other, 'local/ngram-64')).toHaveAccessibleName(/done/);
  await expect(other.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(3);
  await expect(readyMap(other)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  expect((await exported(other, 'Points (CSV)')).equals(points)).toBe(true);
  await other.getByRole('button', { name: 'Present', exact: true }).click();
  await other.getByRole('button', { name: 'Start', exact: true }).click();
  const presented = other.getByRole('region', { name: 'Presentation' });
  await expect(presented.getByRole('heading', { name: 'Boats in harbour' })).toBeVisible();
  await expect(presented).toContainText(`${moored.length} texts keep their colour`);
  await other.keyboard.press('Escape');
  await expect(presented).toBeHidden();
  // What came is not computed again.
  const said = await other.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.filter((words) => words.includes('Embedding Pasted texts'))).toEqual([]);
  expect(said.some((words) => words.includes('Taking over the vectors'))).toBe(true);
  // What the session brought is gone with the page: maps and clusters are made anew, and are the same.
  await other.reload();
  await expect(readyMap(other)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  expect((await exported(other, 'Points (CSV)')).equals(points)).toBe(true);
  expect(new Set(asked)).toEqual(new Set([new URL(other.url()).origin]));

  // A damaged one is refused, and what is there stays.
  await other.getByRole('button', { name: 'Add data' }).first().click();
  await dialog
    .getByLabel('Upload file')
    .setInputFiles({ name: 'cut.zip', mimeType: 'application/zip', buffer: session.subarray(0, 4000) });
  await expect(dialog.getByRole('alert')).toContainText('cannot be opened');
  await expect(dialog.getByRole('alert')).toContainText('Nothing was changed');
  await elsewhere.close();

  // Without vectors the run's map and clusters are there, also on the next visit, and its numbers are not.
  const third = await browser.newContext({ acceptDownloads: true });
  const visitor = await third.newPage();
  await visitor.goto('/');
  await uploadFile(visitor, { name: 'light.zip', mimeType: 'application/zip', buffer: light });
  // Its view stands before anything can be chosen: what is chosen then stays.
  await visitor.getByRole('tab', { name: 'Map' }).click();
  for (const visit of ['first', 'next']) {
    if (visit === 'next') await visitor.reload();
    await expect(readyMap(visitor)).toHaveAttribute('data-run', /^local\/ngram-64#/);
    await expect(readyMap(visitor)).toHaveAttribute('data-points', '80');
    await expect(visitor.getByRole('button', { name: 'Run: ngram-64' })).toBeVisible();
    await expect(visitor.getByRole('region', { name: 'Map' })).toContainText('kept with a session');
    await expect(visitor.locator('[data-quality]')).toHaveCount(0);
    await expect(runItem(visitor, 'local/ngram-64')).toHaveAccessibleName(/no vectors$/);
    await expect(runItem(visitor, 'Words')).toHaveAccessibleName(/done/);
  }
  // What needs its vectors says so; all else leaves as before.
  await visitor.getByRole('button', { name: 'Export' }).click();
  await expect(visitor.getByRole('menuitem', { name: 'Vectors (NPY)' })).toContainText(
    'needs the vectors of ngram-64, which are not here',
  );
  await visitor.keyboard.press('Escape');
  expect((await exported(visitor, 'Selected rows (CSV)')).toString('utf8').split('\n')[1]).toContain(
    somePoints[0]!.text!,
  );
  await third.close();
});
