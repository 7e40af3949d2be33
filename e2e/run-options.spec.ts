import { standInForFeatherless } from './featherless-stand-in';
import { expect, hoverSomePoint, openPage, openSample, pasteTexts, readyMap, runItem, test } from './journey';

/** The last ten repeat the first ones; most are longer than a few words. */
const texts = Array.from({ length: 60 }, (_, row) => {
  const i = row % 50;
  return `${['river', 'piano', 'lamp', 'garden'][i % 4]} number ${i} of the list${' and so on'.repeat(i % 7)}`;
});
const different = new Set(texts);

test('what a run will cost is said before anything is sent, and afterwards what it did cost; another prefix, side and cut make another run', async ({
  page,
  api,
}) => {
  await openPage(page);
  await pasteTexts(page, texts);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${api.url}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  const plan = panel.getByRole('region', { name: 'Before you embed' });
  await expect(plan.getByText(`${different.size} new texts`)).toBeVisible();
  await expect(plan.getByText(`${60 - different.size} repeated rows sent once`)).toBeVisible();
  const said = /about ([\d,]+) tokens · (\d+) request/.exec(await plan.innerText())!;
  expect(api.log.ofRoute('POST', '/v1/embeddings')).toEqual([]);
  await panel.getByRole('button', { name: 'Embed' }).click();
  const run = runItem(page, 'local/ngram-64');
  await expect(run).toHaveAccessibleName(/done/);
  const requests = api.log.ofRoute('POST', '/v1/embeddings');
  expect(requests).toHaveLength(Number(said[2]));
  expect(requests.flatMap((request) => request.texts).sort()).toEqual([...different].sort());
  const reported = /([\d,]+)\stokens\s\(([\d,]+)\sestimated\)/
    .exec(await run.innerText())!
    .map((part) => Number(part.replaceAll(',', '')));
  expect(Math.abs(reported[2]! - Number(said[1]!.replaceAll(',', '')))).toBeLessThanOrEqual(
    0.05 * reported[2]!,
  );

  // The same model over the same texts has nothing left to send.
  await panel.getByRole('option', { name: 'local/ngram-64' }).click();
  await expect(plan.getByText('Nothing to send: every text is embedded already.')).toBeVisible();

  // With another side, prefix and cut it is another run than the plain one.
  await panel.getByText('as documents', { exact: false }).click();
  await panel.getByRole('combobox', { name: 'Texts are' }).selectOption('Queries');
  await panel.getByRole('combobox', { name: 'Prefix' }).selectOption('My own');
  await panel.getByRole('textbox', { name: 'Document prefix' }).fill('text: ');
  await panel.getByRole('textbox', { name: 'Query prefix' }).fill('question: ');
  await panel.getByRole('spinbutton', { name: 'Cut texts at' }).fill('14');
  await expect(plan.getByText('Before each text: “question: ”')).toBeVisible();
  api.log.clear();
  await panel.getByRole('button', { name: 'Embed' }).click();
  const asQueries = runItem(page, 'local/ngram-64, as queries');
  await expect(asQueries).toHaveAccessibleName(/≤ 14 tokens, done/);
  await expect(
    page.getByRole('list', { name: 'Runs' }).getByRole('listitem', { name: 'local/ngram-64' }),
  ).toHaveCount(2);

  const sent = api.log.ofRoute('POST', '/v1/embeddings').flatMap((request) => request.texts);
  expect(sent.every((text) => text.startsWith('question: '))).toBe(true);
  const whole = texts.filter((text) => sent.includes(`question: ${text}`));
  expect(whole.length).toBeGreaterThan(0);
  expect(whole.length).toBeLessThan(texts.length);
  for (const text of sent)
    expect(texts.some((own) => own.startsWith(text.slice('question: '.length)))).toBe(true);
  expect(new Set(sent).size).toBe(sent.length);

  await asQueries.getByRole('button', { name: 'ngram-64 · as queries' }).click();
  await expect(readyMap(page)).toHaveAttribute('data-run', /ngram-64/);
  const row = await hoverSomePoint(page, readyMap(page));
  const kept = sent.find((text) => `question: ${texts[row]}`.startsWith(text))!.length - 'question: '.length;
  await expect(
    page
      .getByRole('region', { name: 'Inspector' })
      .getByText(`The first ${kept} of ${texts[row]!.length} characters were sent for ngram-64`),
  ).toHaveCount(whole.includes(texts[row]!) ? 0 : 1);

  await asQueries.getByText('1 note').click();
  await expect(
    asQueries.getByText(/^\d+ texts are cut at 14 estimated tokens before sending\.$/),
  ).toBeVisible();
  // A typed text is a question to every run, whatever its rows are.
  api.log.clear();
  const box = page.getByRole('searchbox', { name: 'Search', exact: true });
  await box.fill('a piano of the list');
  const results = page.getByRole('region', { name: 'Search results' });
  const choice = results.getByRole('group', { name: 'Runs searched by meaning' }).getByRole('button');
  for (const button of await choice.all())
    if (!(await button.textContent())?.includes('question:')) await button.click();
  await box.press('Enter');
  await expect(
    results.getByRole('list', { name: 'Nearest to the typed text' }).getByRole('listitem').first(),
  ).toBeVisible();
  expect(api.log.ofRoute('POST', '/v1/embeddings').map((request) => request.texts)).toEqual([
    ['question: a piano of the list'],
  ]);
});

test('two models of one account go at the same time, and together never take more than its units', async ({
  page,
  api,
  watch,
}) => {
  await standInForFeatherless(page, api, watch);
  api.setFaults(['slow'], { delayMs: 300 });
  await openSample(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByLabel('API key').fill('some-key');
  await panel.getByLabel('API key').press('Enter');
  await expect(panel.getByText(/Key works/)).toBeVisible();
  for (const model of ['local/ngram-64', 'local/ngram-256'])
    await panel.getByRole('option', { name: model }).click();
  const plan = panel.getByRole('region', { name: 'Before you embed' });
  await expect(plan.getByText(/4 requests at once: plan .* has 4 units, a request takes 1/)).toBeVisible();
  await expect(plan.getByText(/Together about [\d,]+ tokens/)).toBeVisible();
  await panel.getByRole('button', { name: 'Embed' }).click();
  for (const model of ['local/ngram-64', 'local/ngram-256'])
    await expect(runItem(page, model)).toHaveAccessibleName(/done/, { timeout: 30_000 });
  expect(api.log.maxInFlight).toBeLessThanOrEqual(4);
  expect(api.log.maxInFlight).toBeGreaterThan(2);
  const models = api.log
    .ofRoute('POST', '/v1/embeddings')
    .map(({ body }) => (body as { model: string }).model);
  expect(models.lastIndexOf('local/ngram-64')).toBeGreaterThan(models.indexOf('local/ngram-256'));
});
