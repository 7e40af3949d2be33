import { cosine, embedWith, expect, openPage, pasteTexts, readyMap, runItem, test } from './journey';
import { embedText } from './server/embed-text';

const texts = Array.from(
  { length: 120 },
  (_, i) => `${['river', 'piano', 'Lamp', 'garden'][i % 4]} number ${i} of the list`,
);

test('a text is searched as it is typed, then by meaning in two runs at once', async ({ page, api }) => {
  await openPage(page);
  await pasteTexts(page, texts);
  await embedWith(page, api, 'local/ngram-64', 'local/ngram-256');
  await expect(runItem(page, 'local/ngram-64')).toHaveAccessibleName(/done/);
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/done/);
  await expect(readyMap(page)).toBeVisible();
  api.log.clear();

  await page.locator('body').press('/');
  const box = page.getByRole('searchbox', { name: 'Search', exact: true });
  await expect(box).toBeFocused();
  await page.keyboard.type('lamp number 1');
  const results = page.getByRole('region', { name: 'Search results' });
  // What is found stays in sight: the results stand beside the map and the inspector, not over them.
  const expectBeside = async () => {
    const box = (await results.boundingBox())!;
    const map = (await page.getByRole('region', { name: 'Map', exact: true }).boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(map.x);
  };
  const holding = texts.flatMap((text, row) => (text.toLowerCase().includes('lamp number 1') ? [row] : []));
  const found = results.getByRole('list', { name: 'Found rows' });
  const rowsOf = (list: typeof found) =>
    list
      .locator('button[data-row]')
      .evaluateAll((buttons) => buttons.map((button) => Number(button.getAttribute('data-row'))));
  await expect.poll(() => rowsOf(found)).toEqual(holding);
  await expectBeside();
  await expect(results.getByText(`${holding.length} rows of 120`)).toBeVisible();
  await expect(found.locator('mark').first()).toHaveText('Lamp number 1');
  for (const row of holding)
    await expect(readyMap(page).locator(`svg [data-mark="ring"][data-row="${row}"]`)).toBeVisible();

  // A regular expression, a bad one first.
  await results.getByRole('button', { name: 'Regular expression' }).click();
  await box.fill('^(piano|');
  await expect(results.getByRole('alert')).toContainText('Not a regular expression');
  await box.fill('^(piano|lamp) \\w+ \\d0 ');
  const matching = texts.flatMap((text, row) => (/^(piano|lamp) \w+ \d0 /i.test(text) ? [row] : []));
  await expect.poll(() => rowsOf(found)).toEqual(matching);
  await results.getByRole('button', { name: 'Show in table' }).click();
  await expect(page.getByRole('grid', { name: 'Rows' })).toHaveAttribute(
    'aria-rowcount',
    String(matching.length + 2),
  );
  await page.getByRole('tab', { name: 'Map' }).click();
  await results.getByRole('button', { name: 'Regular expression' }).click();

  // By meaning: the host is named before, each chosen run is asked once, the nearest are those of the server's vectors.
  const typed = 'a piano in the garden';
  await box.fill(typed);
  await expect(results.getByText(`sends it to ${new URL(api.url).host} and nowhere else`)).toBeVisible();
  const runs = results.getByRole('group', { name: 'Runs searched by meaning' });
  await runs.getByRole('button', { name: 'Letters' }).click();
  await runs.getByRole('button', { name: 'Words' }).click();
  expect(api.log.requests).toEqual([]);
  await box.press('Enter');
  for (const model of ['local/ngram-64', 'local/ngram-256']) {
    const query = embedText(model, typed);
    const expected = texts
      .map((text, row) => ({ row, similarity: cosine(query, embedText(model, text)) }))
      .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
      .slice(0, 20);
    const list = results.getByRole('list', { name: `Nearest to the typed text in ${model.split('/')[1]}` });
    await expect.poll(() => rowsOf(list)).toEqual(expected.map(({ row }) => row));
    await expect(list.getByRole('listitem').first()).toContainText(
      new RegExp(`${expected[0]!.similarity.toFixed(2)} · \\d+\\.\\d\\s%`),
    );
    await expect(
      readyMap(page).locator(`svg [data-mark="ring"][data-row="${expected[0]!.row}"]`),
    ).toBeVisible();
  }
  await expectBeside();
  // What they stand over is seen again as soon as it has the keys.
  await page.getByRole('button', { name: 'Paste texts' }).focus();
  await expect(results).toBeHidden();
  await box.focus();
  // The same again asks nobody, and Escape lets everything go.
  await results.getByRole('button', { name: 'By text' }).click();
  await box.press('Enter');
  await expect(results.getByRole('list', { name: 'Nearest to the typed text in ngram-64' })).toBeVisible();
  expect(api.log.ofRoute('POST', '/v1/embeddings').map((request) => request.texts)).toEqual([
    [typed],
    [typed],
  ]);
  await box.press('Escape');
  await expect(results).toBeHidden();
  await expect(box).toHaveValue('');
});
