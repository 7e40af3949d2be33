import type { Page } from '@playwright/test';
import { standInForFeatherless } from './featherless-stand-in';
import { embedWith, expect, openPage, pasteTexts, readyMap, runItem, test } from './journey';
import { type ApiServer, startApiServer } from './server/api-server';
import type { FaultName } from './server/faults';

const model = 'local/ngram-64';
const sentences = Array.from({ length: 400 }, (_, i) => `Sentence ${i} about the ${(i * 7) % 31} boats`);

function sent(api: ApiServer): string[] {
  return api.log.ofRoute('POST', '/v1/embeddings').flatMap(({ texts }) => texts);
}

function requests(api: ApiServer): number {
  return api.log.ofRoute('POST', '/v1/embeddings').length;
}

/** A server that answers two requests and then has a fault until it is told otherwise. */
async function startTurning(fault: FaultName): Promise<ApiServer> {
  const api: ApiServer = await startApiServer({
    onEmbeddings: (count) => {
      if (count === 3) api.setFaults([fault], { delayMs: 120_000 });
    },
  });
  return api;
}

async function shownCount(page: Page): Promise<number> {
  return Number(/(\d+)\sof\s400/.exec((await runItem(page, model).textContent()) ?? '')?.[1]);
}

test('offline and back: the run says so and waits, then goes on by itself without sending anything twice', async ({
  page,
  context,
  watch,
}) => {
  const api = await startTurning('slow');
  await standInForFeatherless(page, api, watch);
  await openPage(page);
  await pasteTexts(page, sentences);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByLabel('API key').fill('some-key');
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText(/Key works/)).toBeVisible();
  await panel.getByRole('option', { name: model }).click();
  await panel.getByRole('button', { name: 'Embed' }).click();
  const run = runItem(page, model);
  await expect(run).toHaveAccessibleName(/running [1-9]\d* %/);
  await expect.poll(() => requests(api)).toBeGreaterThanOrEqual(4);
  await context.setOffline(true);
  await expect(run).toContainText('offline, goes on by itself');
  await expect(page.getByRole('region', { name: 'Run under way' })).toContainText('offline');
  // What was under way still arrives and is kept.
  api.setFaults([]);
  await expect.poll(() => api.log.inFlight).toBe(0);
  await expect.poll(() => shownCount(page)).toBe(api.log.delivered.length);
  const shown = await shownCount(page);
  expect(shown).toBeLessThan(sentences.length);
  const before = requests(api);
  await page.waitForTimeout(1500);
  expect(requests(api)).toBe(before);
  await expect(run).toHaveAccessibleName(/running/);
  await expect(run).not.toContainText('failed');

  api.log.clear();
  await context.setOffline(false);
  await expect(run).toHaveAccessibleName(/done$/);
  await expect(run).toContainText('400 of 400');
  // Exactly those the page had not yet.
  expect(sent(api)).toHaveLength(sentences.length - shown);
  expect(new Set(sent(api)).size).toBe(sentences.length - shown);
  expect(api.log.delivered).toHaveLength(sentences.length - shown);
  expect(api.log.maxInFlight).toBeLessThanOrEqual(4);
  await expect(readyMap(page)).toHaveAttribute('data-points', String(sentences.length));
  await api.close();
});

test('a model that turns out to be gated stops its run with advice; what came is kept, other runs go on', async ({
  page,
  watch,
}) => {
  const [api, other] = await Promise.all([startTurning('gated'), startApiServer()]);
  watch.expectFailure('/v1/embeddings', 403);
  await openPage(page);
  await pasteTexts(page, sentences);
  other.setFaults(['slow'], { delayMs: 120_000 });
  await embedWith(page, other, 'local/ngram-256');
  await embedWith(page, api, model);
  const run = runItem(page, model);
  await expect(run).toHaveAccessibleName(/stopped$/);
  const alert = run.getByRole('alert');
  await expect(alert).toContainText(
    /local\/ngram-64 is gated: its licence must be accepted with your account/,
  );
  await expect(alert).toContainText(/Look at the page of the model or at your account/);
  const kept = await shownCount(page);
  expect(kept).toBeGreaterThan(0);
  await expect(alert).toContainText(`The ${kept} vectors that came are kept.`);
  await alert.getByText('Details').click();
  await expect(alert).toContainText('HTTP 403 · model_gated_needs_oauth');

  other.setFaults([]);
  await expect(runItem(page, 'local/ngram-256')).toHaveAccessibleName(/done$/);
  await expect(runItem(page, 'local/ngram-256')).toContainText('400 of 400');

  api.log.clear();
  api.setFaults([]);
  await run.getByRole('button', { name: 'Resume' }).click();
  await expect(run).toHaveAccessibleName(/done$/);
  expect(sent(api)).toHaveLength(sentences.length - kept);
  await Promise.all([api.close(), other.close()]);
});

test('a cold model is shown as warming and when it is asked again; a full account makes the run wait, with fewer requests at once', async ({
  page,
  api,
  watch,
}) => {
  watch.expectFailure('/v1/embeddings', 400);
  watch.expectFailure('/v1/embeddings', 429);
  await page.clock.install();
  await openPage(page);
  await pasteTexts(page, sentences);
  api.setFaults(['cold']);
  await embedWith(page, api, model);
  const run = runItem(page, model);
  const strip = page.getByRole('region', { name: 'Run under way' });
  for (let round = 1; round <= 4; round++) {
    await expect(run).toContainText('the model is warming up');
    await expect(run).toContainText(/asked\sagain\sin\s[1-9]\d?\ss/);
    await expect(strip).toContainText('the model is warming up');
    await expect(run).toHaveAccessibleName(/running 0 %$/);
    const before = requests(api);
    expect(before).toBeLessThanOrEqual(2 * round);
    await page.clock.fastForward(61_000);
    await expect.poll(() => requests(api)).toBeGreaterThan(before);
  }
  api.setFaults([]);
  await expect(run).toContainText('the model is warming up');
  await page.clock.fastForward(61_000);
  await expect(run).toHaveAccessibleName(/done$/);
  await expect(run).not.toContainText('warming');
  await expect(strip).toBeHidden();
  expect(api.log.delivered.toSorted()).toEqual(sentences.toSorted());

  // Another server, of which nothing is known yet.
  const full = await startApiServer({ faults: ['busy'] });
  await embedWith(page, full, 'local/ngram-256');
  const waiting = runItem(page, 'local/ngram-256');
  for (let round = 1; round <= 5; round++) {
    await expect(waiting).toContainText('waiting for a free place on the account');
    await expect(waiting).toContainText(/asked\sagain\sin\s[1-9]\d?\ss/);
    const before = requests(full);
    await page.clock.fastForward(31_000);
    await expect.poll(() => requests(full)).toBeGreaterThan(before);
  }
  await expect(waiting).toHaveAccessibleName(/running 0 %$/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  // Two at first, and one by one once they had been turned away.
  await expect.poll(() => full.log.inFlight).toBe(0);
  expect(requests(full)).toBeLessThanOrEqual(8);
  full.setFaults([]);
  await expect(waiting).toContainText('waiting for a free place on the account');
  await page.clock.fastForward(31_000);
  await expect(waiting).toHaveAccessibleName(/done$/);
  expect(full.log.delivered.toSorted()).toEqual(sentences.toSorted());
  expect(full.log.maxInFlight).toBeLessThanOrEqual(2);
  await full.close();
});
