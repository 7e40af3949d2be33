import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openSample, test } from './journey';

/** Colours and dialogs that are on their way would be read as they are; what turns for ever is as it stays. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const untilFrame = () => new Promise(requestAnimationFrame);
    const isMoving = () =>
      document
        .getAnimations()
        .some(
          ({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity,
        );
    // Two frames: what a change of the page starts may begin with the next one.
    await untilFrame();
    await untilFrame();
    while (isMoving()) await untilFrame();
  });
}

test('each screen has no violation that axe can find, light or dark', async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ colorScheme: 'light' });
  await openSample(page);
  const auditAs = async (screen: string, colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await untilStill(page);
    // There are no frames to put together in a page of their own, and only violations need to be described.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
    // The dark dress changes colours and nothing else.
    const { violations } = await (colorScheme === 'dark' ? axe.withRules('color-contrast') : axe).analyze();
    expect(
      violations.map(
        ({ id, nodes }) =>
          `${screen}, ${colorScheme}: ${id} at ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      ),
    ).toEqual([]);
  };
  const audit = async (screen: string) => {
    await auditAs(screen, 'dark');
    await auditAs(screen, 'light');
  };
  await audit('map');
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await expect(page.getByRole('region', { name: 'Matrix' })).toHaveAttribute('data-state', 'ready');
  await audit('Matrix');
  await page.getByRole('tab', { name: 'Compare' }).click();
  const compare = page.getByRole('region', { name: 'Compare' });
  await expect(compare.getByRole('table', { name: /^Scoreboard/ })).toBeVisible();
  await expect(compare.locator('[data-pane][data-state="ready"]')).toHaveCount(2);
  await audit('Compare');
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
  await audit('Keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Command' })).toBeVisible();
  await audit('Commands');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Command' })).toBeHidden();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('table', { name: 'Kept vectors' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete all' }).click();
  await audit('Settings');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add data' }).first().click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Texts' }).fill('one\ntwo\nthree');
  await expect(page.getByRole('region', { name: 'Preview' })).toBeVisible();
  await audit('Add data');
});
