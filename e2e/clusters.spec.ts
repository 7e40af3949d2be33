import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { embedWith, expect, openPage, pasteTexts, readyMap, test } from './journey';

/** What a group's texts are about: words of its own around which they are built. */
const groups = [
  {
    own: ['glacier', 'crevasse', 'moraine'],
    rest: ['melting', 'slowly', 'northward', 'again', 'today', 'frozen', 'valley'],
  },
  {
    own: ['violin', 'quartet', 'bowing'],
    rest: ['tuned', 'before', 'concert', 'evening', 'softly', 'varnish', 'strings'],
  },
  {
    own: ['tomato', 'basil', 'oregano'],
    rest: ['simmer', 'covered', 'kitchen', 'twenty', 'minutes', 'salted', 'recipe'],
  },
  {
    own: ['goalkeeper', 'penalty', 'striker'],
    rest: ['missed', 'final', 'whistle', 'crowd', 'cheered', 'stadium', 'corner'],
  },
];
const rowsEach = 30;
const texts = Array.from({ length: groups.length * rowsEach }, (_, i) => {
  const { own, rest } = groups[i % groups.length]!;
  const turn = Math.floor(i / groups.length);
  return `${own.join(' ')} ${rest[turn % 7]} ${rest[(turn * 3 + 1) % 7]} ${own[turn % 3]} ${turn}`;
});

test('groups among the texts are found, named, selected by their label, made finer and renamed', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, texts);
  await embedWith(page, api, 'local/ngram-256');
  await expect(readyMap(page)).toHaveAttribute('data-run', /^local\/ngram-256/);

  const menu = page.getByRole('button', { name: /^Clusters: \d/ });
  await expect(menu).toHaveAccessibleName('Clusters: 4');
  const labels = readyMap(page).getByRole('button', { name: /^Select .*, 30 rows$/ });
  await expect(labels).toHaveCount(4);
  const labelOf = (own: readonly string[]) => labels.filter({ hasText: new RegExp(own.join('|')) });
  for (const { own } of groups) await expect(labelOf(own)).toHaveCount(1);
  // Without a label the colours are those of the clusters.
  await expect(page.getByRole('button', { name: 'Colour: cluster' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Colours: Cluster' }).getByRole('listitem')).toHaveCount(4);

  await labelOf(['violin', 'quartet', 'bowing']).click();
  await expect(page.getByText('30 selected')).toBeVisible();

  // By keyboard: Tab comes to one label, arrow keys to all, Enter selects.
  await page.keyboard.press('Escape');
  const onMap = page.getByRole('group', { name: /^Clusters on the map/ });
  await expect(onMap.locator('button[tabindex="0"]')).toHaveCount(1);
  await page.getByRole('group', { name: /^Map of/ }).focus();
  await page.keyboard.press('Tab');
  const reached = new Set<string>();
  for (let step = 0; step < 4; step++) {
    const focused = onMap.locator('button:focus');
    await expect(focused).toHaveCount(1);
    reached.add((await focused.getAttribute('aria-label'))!);
    await page.keyboard.press('ArrowRight');
  }
  expect(reached.size).toBe(4);
  await page.keyboard.press('Enter');
  await expect(page.getByText('30 selected')).toBeVisible();

  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^Points \(CSV\)/ }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  const points = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
  const rows = points.filter(({ run }) => run!.startsWith('local/ngram-256'));
  const clusterOf = new Map(rows.map(({ row, cluster }) => [Number(row), cluster]));
  for (let i = 0; i < texts.length; i++) expect(clusterOf.get(i)).toBe(clusterOf.get(i % groups.length));
  expect(new Set(clusterOf.values()).size).toBe(4);

  await menu.click();
  const card = page.getByRole('dialog', { name: 'Clusters' });
  await expect(card.getByText('4 clusters of 120 rows. None is left out.')).toBeVisible();
  await card.getByRole('button', { name: /^Open .*(glacier|moraine|crevasse)/ }).click();
  await expect(card.getByRole('button', { name: /glacier crevasse moraine/ })).toHaveCount(5);
  await card.getByRole('textbox', { name: 'Name of the cluster' }).fill('Ice');
  await card.getByRole('button', { name: 'Rename' }).click();
  await expect(card.getByRole('button', { name: 'Select cluster Ice' })).toBeVisible();

  const slider = card.getByRole('slider', { name: 'Resolution' });
  for (let step = 0; step < 10; step++) await slider.press('ArrowRight');
  const found = async () => Number((await menu.getAttribute('aria-label'))?.split(' ')[1]);
  await expect.poll(found).toBeGreaterThan(4);
  await slider.press('Home');
  await expect(menu).toHaveAccessibleName('Clusters: 4');
  await page.keyboard.press('Escape');
  await page
    .getByRole('list', { name: 'Colours: Cluster' })
    .getByLabel('Colour of Ice', { exact: true })
    .evaluate((input: HTMLInputElement) => {
      input.value = '#0a5c31';
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });

  await page.reload();
  await expect(readyMap(page).getByRole('button', { name: 'Select Ice, 30 rows' })).toBeVisible();

  // In Compare, the rows that the clusters of two runs share, as the exported clusters say.
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByText('Clusters', { exact: true }).click();
  const table = page.getByRole('table', { name: /^Rows shared by the clusters of/ });
  const [, nameA, nameB] = /clusters of (.+) and those of (.+)/.exec(
    (await table.locator('caption').textContent())!,
  )!;
  const clustersOf = (name: string) => {
    const id =
      { 'ngram-256': 'local/ngram-256', 'Words (LSA)': 'baseline/words-lsa' }[name] ?? 'baseline/letters';
    return points.filter(({ run }) => run!.startsWith(id)).map(({ cluster }) => cluster!);
  };
  const [inA, inB] = [clustersOf(nameA!), clustersOf(nameB!)];
  const shared = new Map<string, number>();
  inA.forEach((cluster, row) => {
    const key = JSON.stringify([cluster, inB[row]]);
    if (cluster !== '' && inB[row] !== '') shared.set(key, (shared.get(key) ?? 0) + 1);
  });
  const counts = [...shared.values()].sort((a, b) => b - a);
  expect(counts.length).toBeGreaterThan(3);
  const cells = table.getByRole('button', { name: /^Select \d+ rows in/ });
  await expect(cells).toHaveCount(counts.length);
  expect((await cells.allTextContents()).map(Number).sort((a, b) => b - a)).toEqual(counts);
  await cells
    .filter({ hasText: new RegExp(`^${counts[0]}$`) })
    .first()
    .click();
  await page.getByText('Flow', { exact: true }).click();
  await expect(table).toBeHidden();
  const bands = page.getByRole('button', { name: /^Select \d+ rows in/ });
  await expect(bands).toHaveCount(counts.length);
  // A cluster's own colour is its colour here too.
  await expect(page.locator('rect[fill="#0a5c31"]')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(page.getByText(`${counts[0]} selected`)).toBeVisible();
});
