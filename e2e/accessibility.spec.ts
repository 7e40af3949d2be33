import AxeBuilder from '@axe-core/playwright';
import { expect, openSample, test } from './journey';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`each screen has no violation that axe can find, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openSample(page);
    const audit = async (screen: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
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
