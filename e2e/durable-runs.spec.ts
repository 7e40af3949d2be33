import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumFlags, findChromium } from './chromium';
import { embedWith, expect, openPage, pasteTexts, readyMap, runItem, test } from './journey';
import { type ApiServer, startApiServer } from './server/api-server';

const model = 'local/ngram-64';
/** The server answers two requests and keeps all others waiting until it is told otherwise. */
const held = { delayMs: 120_000, sparedRequests: 2 };
const sentences = Array.from(
  { length: 160 },
  (_, i) => `Sentence ${i} about the ${(i * 7) % 31} swifts of May`,
);

/** Texts of replies that were sent completely, in order of arrival. */
function delivered(api: ApiServer): string[] {
  return api.log
    .ofRoute('POST', '/v1/embeddings')
    .filter(({ status }) => status === 200)
    .flatMap(({ texts }) => texts);
}

/** Texts of every request, whatever became of it. */
function sent(api: ApiServer): string[] {
  return api.log.ofRoute('POST', '/v1/embeddings').flatMap(({ texts }) => texts);
}

async function openNotes(page: Page): Promise<void> {
  await runItem(page, model)
    .getByText(/^\d notes?$/)
    .click();
}

test('texts that were embedded in another dataset are not sent again, nor after their run was removed', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, sentences.slice(0, 100));
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await pasteTexts(page, sentences.slice(40, 160));
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await expect(runItem(page, model)).toContainText('120 of 120');
  await openNotes(page);
  await expect(runItem(page, model)).toContainText('60 of 120 texts were already embedded.');
  await expect(readyMap(page)).toHaveAttribute('data-points', '120');
  expect(sent(api).sort()).toEqual([...sentences].sort());

  await runItem(page, model).getByRole('button', { name: 'Remove' }).click();
  await expect(runItem(page, model)).toHaveCount(0);
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  expect(sent(api)).toHaveLength(sentences.length);
});

test('two tabs: one sends, the other shows it and has the vectors in the end, or cancels it; it is free once the first is closed', async ({
  page,
  api,
  context,
  watch,
}) => {
  watch.expectFailure('/v1/embeddings', 'no answer');
  await openPage(page);
  await pasteTexts(page, sentences);
  await expect(readyMap(page)).toHaveAttribute('data-points', String(sentences.length));
  await page.waitForTimeout(500); // the view is stored shortly after a change
  const other = await context.newPage();
  await other.goto('/');
  await expect(readyMap(other)).toHaveAttribute('data-points', String(sentences.length));

  api.setFaults(['slow'], held);
  // A person has in front what they press; a tab behind draws once a second.
  await page.bringToFront();
  await embedWith(page, api, model);
  await expect(runItem(other, model)).toHaveAccessibleName(/running [1-9]\d* %/);
  await other.bringToFront();
  await embedWith(other, api, model);
  api.setFaults([]);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await expect(runItem(other, model)).toHaveAccessibleName(/done/);
  await runItem(other, model)
    .getByRole('button', { name: /ngram-64/ })
    .click();
  await expect(readyMap(other)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  await expect(readyMap(other)).toHaveAttribute('data-points', String(sentences.length));
  expect(sent(api).sort()).toEqual([...sentences].sort());
  expect(api.log.maxInFlight).toBeLessThanOrEqual(2);

  const second = 'local/ngram-256';
  api.log.clear();
  api.setFaults(['slow'], held);
  await page.bringToFront();
  await embedWith(page, api, second);
  await expect(runItem(other, second)).toHaveAccessibleName(/running/);
  await other.bringToFront();
  await runItem(other, second).getByRole('button', { name: 'Cancel' }).click();
  await expect(runItem(page, second)).toHaveAccessibleName(/cancelled/);
  await expect(runItem(other, second)).toHaveAccessibleName(/cancelled/);

  await page.bringToFront();
  await runItem(page, second).getByRole('button', { name: 'Resume' }).click();
  await expect(runItem(other, second)).toHaveAccessibleName(/running/);
  await page.close();
  await expect(runItem(other, second)).toHaveAccessibleName(/interrupted/);
  api.setFaults([]);
  await runItem(other, second).getByRole('button', { name: 'Resume' }).click();
  await expect(runItem(other, second)).toHaveAccessibleName(/done/);
  expect(new Set(delivered(api))).toEqual(new Set(sentences));
});

test('a full disk: the run goes on in memory and says so', async ({ page, api, baseURL }) => {
  // From the start, because the browser remembers for half a minute how much space was left.
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(baseURL!).origin,
    quotaSize: 1000,
  });
  await openPage(page);
  await pasteTexts(page, sentences);
  await expect(page.getByRole('alert').filter({ hasText: 'not kept in this browser' })).toBeVisible();
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await openNotes(page);
  await expect(runItem(page, model)).toContainText(/storage for this page is full/);
  await expect(runItem(page, model)).toContainText(/kept in memory only/);
  await expect(readyMap(page)).toHaveAttribute('data-run', /^local\/ngram-64#/);
  await expect(readyMap(page)).toHaveAttribute('data-points', String(sentences.length));
  expect(sent(api).sort()).toEqual([...sentences].sort());
});

const started: ChildProcess[] = [];
test.afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A browser with a profile of its own, started so that it can be killed. */
async function startBrowser(profile: string): Promise<{ child: ChildProcess; browser: Browser; page: Page }> {
  const child = spawn(
    findChromium()!,
    [
      ...chromiumFlags,
      '--headless=new',
      '--window-size=1440,900',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  started.push(child);
  const endpoint = await new Promise<string>((resolve, reject) => {
    let words = '';
    child.stderr!.on('data', (chunk) => {
      words += chunk;
      const found = /DevTools listening on (\S+)/.exec(words)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The browser ended: ${words}`)));
  });
  const browser = await chromium.connectOverCDP(endpoint);
  const page = await browser.contexts()[0]!.newPage();
  return { child, browser, page };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

test('a killed browser loses nothing that was delivered', async ({ api, baseURL }) => {
  const profile = await mkdtemp(join(tmpdir(), 'profile-'));
  const first = await startBrowser(profile);
  await first.page.goto(baseURL!);
  await expect(readyMap(first.page)).toBeVisible();
  await pasteTexts(first.page, sentences);
  await first.page.waitForTimeout(500);
  api.setFaults(['slow'], held);
  await embedWith(first.page, api, model);
  await expect(runItem(first.page, model)).toHaveAccessibleName(/running [3-9]\d %/);
  const shown = Number(/(\d+)\sof\s160/.exec((await runItem(first.page, model).textContent()) ?? '')?.[1]);
  expect(shown).toBeGreaterThanOrEqual(48);
  await kill(first.child);
  await expect.poll(() => api.log.inFlight).toBe(0);
  const before = delivered(api);
  expect(before.length).toBeGreaterThanOrEqual(48);
  expect(before.length).toBeLessThan(sentences.length);

  api.log.clear();
  api.setFaults([]);
  const second = await startBrowser(profile);
  await second.page.goto(baseURL!);
  const run = runItem(second.page, model);
  await expect(run).toHaveAccessibleName(/interrupted/);
  await expect(run).toContainText(
    /The page was left before it was done\. \d+ vectors kept\. Resume sends the other \d+\./,
  );
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toHaveAccessibleName(/done/);
  // What the page had said to have is not asked for again; a reply under way to it when it was killed may be.
  expect(sent(api).length).toBeLessThanOrEqual(sentences.length - shown);
  const again = sent(api).filter((text) => before.includes(text));
  expect(again.length).toBeLessThanOrEqual(2 * 32);
  expect(new Set([...before, ...sent(api)])).toEqual(new Set(sentences));
  await expect(run).toContainText(`${sentences.length} of ${sentences.length}`);
  await kill(second.child);
  await rm(profile, { recursive: true, force: true });
});

test('a run whose key is gone waits as needs key, also where the key was given at once, and goes on where it stopped', async ({
  page,
  watch,
}) => {
  const guarded = await startApiServer({ key: 'right-key-123' });
  watch.expectFailure('/v1/embeddings', 401);
  watch.expectFailure('/v1/embeddings', 'no answer');
  watch.expectFailure('/v1/models', 'no answer');
  await openPage(page);
  await pasteTexts(page, sentences);
  await embedWith(page, guarded, model);
  const run = runItem(page, model);
  await expect(run).toHaveAccessibleName(/needs key/);
  const panel = page.getByRole('region', { name: 'Models' });
  const giveKey = async () => {
    const fold = panel.getByRole('button', { name: 'Key', exact: true });
    if (await fold.isVisible()) await fold.click();
    await panel.getByLabel('API key').fill('right-key-123');
    await panel.getByLabel('API key').press('Enter');
  };
  await giveKey();
  guarded.setFaults(['slow'], held);
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toHaveAccessibleName(/running [1-9]\d* %/);
  await page.reload();
  await expect(run).toHaveAccessibleName(/needs key/);
  await expect.poll(() => guarded.log.inFlight).toBe(0);

  const before = delivered(guarded);
  guarded.log.clear();
  guarded.setFaults([]);
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(panel.getByLabel('API key')).toBeFocused();
  await expect(run).toHaveAccessibleName(/needs key/);
  expect(sent(guarded)).toEqual([]);
  await giveKey();
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toHaveAccessibleName(/done/);
  expect(sent(guarded).length).toBeLessThan(sentences.length);
  expect(new Set([...before, ...sent(guarded)])).toEqual(new Set(sentences));

  const atOnce = await startApiServer({ key: 'right-key-123', faults: ['slow'], ...held });
  const other = runItem(page, 'local/ngram-256');
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${atOnce.url}/v1`);
  await giveKey();
  await panel.getByRole('option', { name: 'local/ngram-256' }).click();
  await panel.getByRole('button', { name: 'Embed' }).click();
  await expect(other).toHaveAccessibleName(/running [1-9]\d* %/);
  await page.reload();
  await expect(other).toHaveAccessibleName(/needs key/);
  // Whether the server insists is not known, so Resume tries; without a key nothing is delivered.
  atOnce.log.clear();
  await other.getByRole('button', { name: 'Resume' }).click();
  await expect(other).toHaveAccessibleName(/needs key/);
  await expect(other.getByText(/key/i).first()).toBeVisible();
  expect(atOnce.log.delivered).toEqual([]);
  await guarded.close();
  await atOnce.close();
});

test('Settings show what is kept; one model goes, then everything', async ({ page, api }) => {
  await openPage(page);
  await pasteTexts(page, sentences.slice(0, 50));
  await embedWith(page, api, model, 'local/ngram-256');
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/done/);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const kept = dialog.getByRole('table', { name: 'Kept vectors' });
  const row = kept.getByRole('row', { name: model });
  await expect(row).toContainText(new URL(api.url).host);
  await expect(row).toContainText('Pasted texts');
  await expect(row.getByRole('cell', { name: '50', exact: true })).toBeVisible();
  // 50 vectors of 64 numbers and their keys.
  await expect(row).toContainText('14 kB');

  await row.getByRole('button', { name: `Delete ${model}` }).click();
  await dialog
    .getByRole('group', { name: `Delete the vectors of ${model}?` })
    .getByText('Delete')
    .click();
  await expect(kept.getByRole('row', { name: model })).toHaveCount(0);
  await expect(kept.getByRole('row', { name: 'local/ngram-256' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(runItem(page, model)).toHaveCount(0);
  api.log.clear();
  await embedWith(page, api, model);
  await expect(runItem(page, model)).toHaveAccessibleName(/done/);
  expect(sent(api)).toHaveLength(50);

  await page.getByRole('button', { name: 'Settings' }).click();
  await dialog.getByRole('button', { name: 'Delete all' }).click();
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-dataset', 'Sample');
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(kept.getByRole('row', { name: 'local/ngram-256' })).toHaveCount(0);
});
