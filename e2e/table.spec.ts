import {
  embedWith,
  expect,
  hoverSomePoint,
  nearestRows,
  openPage,
  openSample,
  readyMap,
  runItem,
  shownNeighbours,
  test,
  uploadFile,
} from './journey';
import { embedText } from './server/embed-text';

const stems = ['river boat', 'piano song', 'desk lamp', 'garden gate', 'train ticket'];
const rows = Array.from({ length: 400 }, (_, i) => ({
  text: `${stems[i % 5]} number ${(i * 7) % 400} in the list`,
  kind: stems[i % 5]!.split(' ')[0]!,
  price: i % 9 === 4 ? '' : String((i * 137) % 1000),
}));
const model = 'local/ngram-256';
const vectors = rows.map(({ text }) => embedText(model, text));
const file = {
  name: 'list.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    ['text,kind,price', ...rows.map(({ text, kind, price }) => `${text},${kind},${price}`)].join('\n'),
  ),
};

test('the table sorts, filters and selects, and is one with the map and the inspector', async ({
  page,
  api,
}) => {
  await openPage(page);
  await uploadFile(page, file);
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await page.getByRole('tab', { name: 'Table' }).click();
  const region = page.getByRole('region', { name: 'Table' });
  const grid = region.getByRole('grid', { name: 'Rows' });
  const listed = () =>
    grid
      .locator('tr[data-row]')
      .evaluateAll((lines) => lines.slice(0, 8).map((line) => Number(line.getAttribute('data-row'))));
  const head = (name: RegExp) => grid.getByRole('columnheader', { name });
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows.length + 2));

  // Numbers are sorted as numbers, rows without one last whichever way.
  const priced = rows.flatMap(({ price }, row) => (price === '' ? [] : [{ row, price: Number(price) }]));
  const up = [...priced].sort((a, b) => a.price - b.price || a.row - b.row).map(({ row }) => row);
  const down = [...priced].sort((a, b) => b.price - a.price || a.row - b.row).map(({ row }) => row);
  await head(/price/).getByRole('button').click();
  await expect(head(/price/)).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(listed).toEqual(up.slice(0, 8));
  await head(/price/).getByRole('button').click();
  await expect(head(/price/)).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(listed).toEqual(down.slice(0, 8));

  // Filters join; the sentence counts.
  await grid.getByRole('textbox', { name: 'Filter kind' }).fill('PIANO');
  await grid.getByRole('textbox', { name: 'Filter price' }).fill('100..300');
  const isWanted = (row: number) =>
    rows[row]!.kind === 'piano' && Number(rows[row]!.price) >= 100 && Number(rows[row]!.price) <= 300;
  const wanted = down.filter(isWanted);
  await expect.poll(listed).toEqual(wanted.slice(0, 8));
  await expect(grid).toHaveAttribute('aria-rowcount', String(wanted.length + 2));
  await expect(region.getByText(`${wanted.length} of 400 rows`)).toBeVisible();
  await grid.getByRole('textbox', { name: 'Filter Length' }).fill('long');
  await expect(region.getByText(/Length holds numbers/)).toBeVisible();
  await region.getByRole('button', { name: 'Show all rows' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows.length + 2));

  // The keyboard: End reaches the last row, Enter pins, Shift and arrows select, Space takes one out.
  await grid.locator('tr[data-index="0"]').focus();
  await page.keyboard.press('End');
  await expect(grid.locator('tr[data-index="399"]')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText(`Row ${down[0]}`)).toBeVisible();
  await expect(page.locator('[data-voice]')).toContainText(`Row ${down[0]} pinned: ${rows[down[0]!]!.text}`);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  // Copied, they are lines for a spreadsheet; pasted where nothing is typed, they are new data to look at.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const lines = await grid.boundingBox();
  await page.keyboard.press('ControlOrMeta+c');
  await expect(page.getByText('2 rows are on the clipboard.')).toBeVisible();
  // What goes by itself moves nothing.
  expect(await grid.boundingBox()).toEqual(lines);
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(copied.map((line) => line.split('\t')[1])).toEqual([
    'Text',
    rows[down[0]!]!.text,
    rows[down[2]!]!.text,
  ]);
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog', { name: 'Add data' });
  await expect(dialog.getByRole('region', { name: 'Preview' })).toContainText('2 rows');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await region.page().getByRole('button', { name: 'Selected only 2' }).click();
  await expect.poll(listed).toEqual([down[0], down[2]]);
  await page.getByRole('button', { name: 'Selected only 2' }).click();

  // How alike each row is to the pinned one, from the server's vectors; the most alike first.
  const pinned = down[0]!;
  await head(/Like \d+.*ngram-256/)
    .getByRole('button')
    .click();
  const near = nearestRows(vectors, pinned, 7);
  await expect.poll(listed).toEqual([pinned, ...near.map(({ row }) => row)]);
  const line = grid.locator(`tr[data-row="${near[0]!.row}"]`);
  await expect(line).toContainText(near[0]!.similarity.toFixed(2));
  expect((await shownNeighbours(page)).map(({ row }) => row)).toEqual(
    nearestRows(vectors, pinned, 10).map(({ row }) => row),
  );

  // The pointer on a row of the map lights its line up here, and the other way round.
  await line.hover();
  await expect(line).toHaveAttribute('data-hovered', 'true');
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(readyMap(page).locator(`svg [data-mark="pin"][data-row="${pinned}"]`)).toBeVisible();
  await page.keyboard.press('Escape');
  const other = await hoverSomePoint(page, readyMap(page));
  await page.mouse.down();
  await page.mouse.up();
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(grid.locator(`tr[data-row="${other}"][data-pinned]`)).toBeInViewport();
});

test('two pinned rows side by side, a walk through neighbours, and keys that are listed', async ({
  page,
}) => {
  await openSample(page);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await page.getByRole('tab', { name: 'Table' }).click();
  const line = (row: number) => page.locator(`tr[data-row="${row}"]`);
  await line(3).click();
  await line(4).click({ modifiers: ['Shift'] });
  // The texts differ by two words that changed places, which a model of words alone cannot see.
  await expect(inspector.locator('mark')).toHaveText(['sunny', 'cloudy', 'cloudy', 'sunny']);
  const pair = inspector.getByRole('table', { name: 'Similarity of the two rows' });
  await expect(pair.getByRole('row', { name: /Words/ })).toContainText(/1\.00\s*\+\d+\.\d\d\s*\d+\.\d\s%/);
  await inspector.getByRole('button', { name: 'Swap the two rows' }).click();
  await expect(inspector.getByRole('heading', { level: 2 })).toHaveText([
    /Row 4 pinned/,
    /Row 3 pinned as second/,
  ]);

  // Escape takes back one thing at a time; an open tooltip, of the button above, would be the first.
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(pair).toBeHidden();
  await expect(inspector.getByRole('heading', { level: 2 })).toHaveText([/Row 4 pinned/]);

  // Down, down, right: the second neighbour is pinned; left leads back.
  const near = await shownNeighbours(page);
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(readyMap(page)).toBeVisible();
  await readyMap(page).locator('xpath=..').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-voice]')).toContainText(`Neighbour 2 of 10`);
  await expect(readyMap(page).locator(`svg [data-mark="hover"][data-row="${near[1]!.row}"]`)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(inspector.getByText(`Row ${near[1]!.row}`)).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.getByText('Row 4')).toBeVisible();

  // The other scale, and another length.
  await inspector.getByText('Calibrated').click();
  const list = inspector.getByRole('list', { name: 'Neighbours', exact: true });
  await expect(list.getByRole('listitem').first()).toContainText(/\d+\.\d\s%/);
  await inspector.getByRole('combobox', { name: 'Number of neighbours' }).selectOption('30');
  await expect(list.getByRole('listitem')).toHaveCount(30);

  await page.keyboard.press('Escape');
  await expect(inspector.getByText('Point at a row to read it')).toBeVisible();
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' }).getByText('Ring the next neighbour')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  // What is typed before the palette's script is there goes into it, not to the page.
  let send = () => {};
  const isAsked = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route(/\/palette-[^/]*\.js$/, async (route) => {
    await isAsked;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('compare?');
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('textbox', { name: 'Command' })).toHaveValue('compare');
  await page.keyboard.press('Enter');
  send();
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');
});
