import { expect, hoverSomePoint, openSample, readyMap, shownNeighbours, test } from './journey';

test('opens on an answer, without a key and without leaving its own origin', async ({ page }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await openSample(page);

  const map = readyMap(page);
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
});

test('nothing of the sample is computed beforehand: other texts, other vectors, neighbours and places', async ({
  page,
  browser,
}) => {
  const exportPoints = async (target: typeof page) => {
    const download = target.waitForEvent('download');
    await target.getByRole('button', { name: 'Export' }).click();
    await target.getByRole('menuitem', { name: 'Points (CSV)' }).click();
    const stream = await (await download).createReadStream();
    let text = '';
    for await (const chunk of stream) text += chunk;
    return text;
  };
  await openSample(page);
  const original = await exportPoints(page);

  const changed = await browser.newPage({ baseURL: new URL(page.url()).origin });
  await changed.route(/sample-[^/]*\.tsv$/, async (route) => {
    const response = await route.fetch();
    const lines = (await response.text()).trimEnd().split('\n');
    const [header, ...rows] = lines;
    // Every topic's texts move to the next topic's labels, and each text ends in a new word.
    const texts = rows.map((line) => line.split('\t')[0]!);
    const labels = rows.map((line) => line.split('\t')[1]!);
    const moved = texts.map((text, i) => `${text} lighthouse${i % 7}\t${labels[i]}`);
    await route.fulfill({ response, body: [header, ...moved.reverse()].join('\n') });
  });
  await openSample(changed);
  const other = await exportPoints(changed);

  const places = (csv: string) =>
    csv
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(-4, -2).join());
  expect(other.split('\n').length).toBe(original.split('\n').length);
  expect(other).toContain('lighthouse3');
  const same = places(original).filter((place, row) => place === places(other)[row]).length;
  expect(same).toBeLessThan(10);
  await changed.close();
});

test('hover reads a row, a click pins it with its ten nearest in each run', async ({ page }) => {
  await openSample(page);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const map = readyMap(page);
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
