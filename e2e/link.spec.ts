import { expect, openSample, pasteTexts, readyMap, test } from './journey';

test('the address holds the view: a reload, back and forward, and another browser show it; it holds no text', async ({
  page,
  browser,
  watch,
}) => {
  await openSample(page);
  const tabs = page.getByRole('tab');
  const shown = (name: string) =>
    expect(tabs.filter({ hasText: name })).toHaveAttribute('aria-selected', 'true');
  await tabs.filter({ hasText: 'Matrix' }).click();
  await expect(page).toHaveURL(/matrix/);
  await tabs.filter({ hasText: 'Compare' }).click();
  await expect(page).toHaveURL(/compare/);
  await page.goBack();
  await shown('Matrix');
  await page.goForward();
  await shown('Compare');
  const link = page.url();

  // The sample is everywhere: its link works in a fresh browser.
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expect(other.getByRole('tab', { name: 'Compare' })).toHaveAttribute('aria-selected', 'true');

  // Texts of one's own are not: the link says so, and shows its view once they are there.
  const texts = Array.from({ length: 40 }, (_, row) => `Harbour secret ${row % 7} and boat ${row}`);
  await pasteTexts(page, texts);
  await tabs.filter({ hasText: 'Map' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-points', '40');
  await tabs.filter({ hasText: 'Matrix' }).click();
  await expect(page).toHaveURL(/matrix/);
  expect(decodeURIComponent(page.url())).not.toMatch(/secret|Harbour/);
  await page.reload();
  await shown('Matrix');
  // What was changed in the moment of leaving is there too.
  // Leaving drops a script on its way.
  watch.expectFailure('/assets/', 'no answer');
  await page.evaluate(() => {
    for (const tab of document.querySelectorAll<HTMLElement>('[role="tab"]'))
      if (tab.textContent?.includes('Compare')) tab.click();
    location.reload();
  });
  await shown('Compare');
  await tabs.filter({ hasText: 'Matrix' }).click();
  await expect(page).toHaveURL(/matrix/);
  await other.goto('about:blank');
  await other.goto(page.url());
  await expect(other.getByRole('alert').filter({ hasText: 'not in this browser' })).toBeVisible();
  await pasteTexts(other, texts);
  await expect(other.getByRole('tab', { name: 'Matrix' })).toHaveAttribute('aria-selected', 'true');
  await expect(other.getByRole('alert').filter({ hasText: 'not in this browser' })).toBeHidden();
  await elsewhere.close();
});
