import AxeBuilder from '@axe-core/playwright';
import { expect, openSample, test } from './journey';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`each screen has no violation that axe can find, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme });
    await openSample(page);
    const audit = async (screen: string) => {
      // There are no frames to put together in a page of their own, and only violations need to be described.
      const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
      // The dark dress changes colours and nothing else.
      const { violations } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze();
      expect(
        violations.map(
          ({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
        ),
      ).toEqual([]);
    };
    await audit('map');
    for (const tab of ['Matrix', 'Compare']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel')).toBeVisible();
      await page.waitForTimeout(1500);
      await audit(tab);
    }
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.locator('tr[data-row="3"]').click();
    await page.locator('tr[data-row="4"]').click({ modifiers: ['Shift'] });
    await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('weather');
    await expect(page.getByRole('list', { name: 'Found rows' })).toBeVisible();
    await audit('Table, two pins and a search');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: /^Nearest to the typed text/ })).toHaveCount(2);
    await audit('a search by meaning');
    // One lets the search go, one leaves its field.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await page.waitForTimeout(500);
    await audit('Keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('textbox', { name: 'Command' })).toBeVisible();
    await page.waitForTimeout(500);
    await audit('Commands');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('textbox', { name: 'Command' })).toBeHidden();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('table', { name: 'Kept vectors' })).toBeVisible();
    await page.getByRole('button', { name: 'Delete all' }).click();
    await page.waitForTimeout(500);
    await audit('Settings');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add data' }).first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Texts' }).fill('one\ntwo\nthree');
    await expect(page.getByRole('region', { name: 'Preview' })).toBeVisible();
    await page.waitForTimeout(500);
    await audit('Add data');
  });
}
