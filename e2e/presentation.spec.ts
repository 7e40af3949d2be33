import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, openSample, test } from './journey';

test('the tour is offered once; steps are made, presented by keys without settings, and go into the report', async ({
  page,
}) => {
  await openSample(page);
  await page.getByRole('button', { name: 'Take the tour' }).click();
  const tour = page.getByRole('region', { name: 'Tour' });
  await expect(tour).toContainText('1 of 6');
  await tour.getByRole('button', { name: 'Next' }).click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect(inspector.getByText('pinned', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tour).toBeHidden();
  await expect(inspector.getByText('pinned', { exact: true })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Take the tour' })).toBeHidden();

  await page.getByRole('button', { name: 'Present', exact: true }).click();
  const add = page.getByRole('button', { name: 'Add step', exact: true });
  await add.click();
  await page.getByRole('tab', { name: 'Table' }).click();
  await add.click();
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Title of step 2' }).fill('Read </script> them');
  await page.getByRole('button', { name: 'Move step 2 up' }).click();
  await expect(page.getByRole('textbox', { name: 'Title of step 1' })).toHaveValue('Read </script> them');
  await page.getByRole('tab', { name: 'Matrix' }).click();
  await page.getByRole('button', { name: 'Start' }).click();

  const shown = page.getByRole('region', { name: 'Presentation' });
  await expect(shown.getByRole('heading', { name: 'Read </script> them' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Table' })).toBeVisible();
  for (const setting of ['Export', 'Settings', 'Add data', 'Theme'])
    await expect(page.getByRole('button', { name: setting })).toHaveCount(0);
  await expect(page.getByRole('tab')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(shown.getByRole('heading', { name: 'A map of 300 texts' })).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Map' }).getByRole('button', { name: 'Zoom in' }),
  ).toBeHidden();
  await page.keyboard.press('ArrowLeft');
  await expect(shown.getByRole('heading', { name: 'Read </script> them' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Matrix' })).toHaveAttribute('aria-selected', 'true');

  // Undo forgets the move, not the words; what was presented is no step of it.
  await page.keyboard.press('ControlOrMeta+z');
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Title of step 2' })).toHaveValue('Read </script> them');
  await page.reload();
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  await expect(steps.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Take the tour' })).toBeHidden();

  const exported = async (name: string) => {
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name }).click();
    return readFileSync(await (await started).path());
  };
  expect((await exported('Report (HTML)')).toString()).toContain('Read \\u003c/script\\u003e them');
  const session = unzipSync(await exported('Session'))['session.json']!;
  expect(strFromU8(session)).toContain('Read </script> them');

  // A presented scoreboard has no column that is cut, and says how many it leaves out.
  await page.getByRole('tab', { name: 'Compare' }).click();
  await add.click();
  await expect(steps.getByRole('listitem')).toHaveCount(3);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(shown.getByRole('heading', { name: 'A map of 300 texts' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(shown.getByRole('heading', { name: '2 models on the same texts' })).toBeVisible();
  const board = page.getByRole('table', { name: /^Scoreboard/ });
  await expect(board).toHaveAccessibleName(/\d+ more columns in the page$/);
  const isWhole = () => board.evaluate((table) => table.scrollWidth <= table.parentElement!.clientWidth + 1);
  await expect.poll(isWhole).toBe(true);
});
