import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, hoverSomePoint, openSample, readyMap, shownNeighbours, test } from './journey';

test('opens on an answer, isolated, without a key and without leaving its own origin; a click pins a row with its ten nearest in each run', async ({
  page,
  request,
}) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await openSample(page);

  const map = readyMap(page);
  // What is measured later has its room from the beginning: the map does not move under the pointer.
  const drawn = await map.boundingBox();
  await expect(page.locator('[data-quality="measured"]')).toBeVisible();
  expect(await map.boundingBox()).toEqual(drawn);
  await expect(map).toHaveAttribute('data-dataset', 'Sample');
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  await expect(runs).toHaveCount(2);
  await expect(page.getByText(/words and letters, not meaning/)).toBeVisible();
  expect(Number(await map.getAttribute('data-points'))).toBeGreaterThan(280);

  const origin = new URL(page.url()).origin;
  expect(
    requested.filter(
      (url) => !url.startsWith(origin) && !url.startsWith('blob:') && !url.startsWith('data:'),
    ),
  ).toEqual([]);

  // The served page isolates itself and names where it may connect.
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const worker = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .find((name) => name.includes('worker')),
  );
  for (const address of ['/', worker ?? '/missing-worker']) {
    const headers = (await request.get(address)).headers();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  }

  const inspector = page.getByRole('region', { name: 'Inspector' });
  await hoverSomePoint(page, map);
  await page.mouse.down();
  await page.mouse.up();
  await expect(inspector.getByText('pinned', { exact: true })).toBeVisible();
  const neighbours = await shownNeighbours(page);
  expect(neighbours).toHaveLength(10);
  const similarities = neighbours.map(({ similarity }) => similarity);
  expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
  await expect(inspector.getByRole('list', { name: /^Neighbours/ })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(inspector.getByText('pinned', { exact: true })).toBeHidden();
});

test('nothing of the sample is computed beforehand: other texts, other vectors, neighbours and places', async ({
  page,
  browser,
}) => {
  const takeOut = async (target: Page) => {
    const save = async (item: string) => {
      const download = target.waitForEvent('download');
      await target.getByRole('button', { name: 'Export' }).click();
      await target.getByRole('menuitem', { name: item }).click();
      return readFileSync(await (await download).path());
    };
    const lines = (file: Buffer) => file.toString('utf8').trimEnd().split('\n');
    const npy = await save('Vectors (NPY)');
    const bytesPerRow = (npy.length - 10 - npy.readUInt16LE(8)) / 300;
    return {
      vectors: Array.from({ length: 300 }, (_, row) =>
        npy
          .subarray(npy.length - (300 - row) * bytesPerRow, npy.length - (299 - row) * bytesPerRow)
          .toString('hex'),
      ),
      neighbours: lines(await save('Neighbours (JSONL)')).map((line) =>
        JSON.parse(line)
          .neighbours.map((near: { row: number }) => near.row)
          .join(),
      ),
      places: lines(await save('Points (CSV)'))
        .slice(1)
        .map((line) => line.split(',').slice(-4, -2).join()),
    };
  };
  await openSample(page);
  const original = await takeOut(page);

  const changed = await browser.newPage({ baseURL: new URL(page.url()).origin });
  await changed.route(/sample-[^/]*\.tsv$/, async (route) => {
    const response = await route.fetch();
    const [header, ...rows] = (await response.text()).trimEnd().split('\n');
    // The same rows and topics; each text shares new words with every seventh other.
    const body = rows.map((line, i) => {
      const [text, topic] = line.split('\t');
      return `${text} lighthouse${i % 7} keeper${i % 7}\t${topic}`;
    });
    await route.fulfill({ response, body: [header, ...body].join('\n') });
  });
  await openSample(changed);
  const other = await takeOut(changed);
  for (const kind of ['vectors', 'neighbours', 'places'] as const) {
    expect(other[kind].length).toBe(original[kind].length);
    const same = original[kind].filter((value, row) => value === other[kind][row]).length;
    expect(same / original[kind].length).toBeLessThan(0.1);
  }
  await changed.close();
});
