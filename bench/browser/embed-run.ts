import { type ChildProcess, spawn } from 'node:child_process';
import type { BrowserContext, CDPSession, Locator, Page } from 'playwright';
import type { BenchmarkContext, BenchmarkGroup } from '../benchmark';
import { makeTexts } from '../make-texts';
import { measureBare, openBarePage } from './bare-client';
import { longWaitMs, untilIdle, upload, withBuiltPage } from './built-page';
import { type Round, summariseRounds } from './embed-figures';
import { withBrowser } from './launch-browser';
import { collectGarbage, findProcesses, heapOf, type Processes, settledBytes } from './page-measures';
import { residentBytesOf, watchMemory } from './process-memory';
import { markPrefix, traceMainThread } from './trace-main-thread';

const dimensions = 1024;
/** Models that the server has. */
const mostRounds = 9;
/** Requests at once of the page where no plan says how many; a fast server sees fewer. */
const fewestAtOnce = 2;
const beginMark = `${markPrefix}embed`;
const doneMark = `${markPrefix}done`;

interface ServerLog {
  readonly batches: readonly number[];
  readonly mostInFlight: number;
}

export const embedRun: BenchmarkGroup = {
  name: 'embed-run',
  about:
    'a dataset embedded in the built page by a server that answers at once; a bare client of the same server',
  where: 'browser',
  async *run(context) {
    const rounds: Round[] = [];
    await withServers(context, (page, server) =>
      withBrowser(async (browser) => {
        for await (const round of measureRounds(context, browser, page, server)) rounds.push(round);
      }),
    );
    yield* summariseRounds(context.rows, dimensions, rounds);
  },
};

/** Builds and serves the page, and starts the server of vectors in a process of its own. */
async function withServers(
  context: BenchmarkContext,
  work: (page: string, server: string) => Promise<void>,
): Promise<void> {
  const { root, rows, say } = context;
  say('Building the page and making the vectors …');
  const replies = spawn(process.execPath, [
    `${root}bench/browser/reply-server.mjs`,
    ...['--rows', String(rows), '--dimensions', String(dimensions)],
  ]);
  try {
    const server = await firstLine(replies);
    await withBuiltPage(context, (page) => work(page, server));
  } finally {
    replies.kill();
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.stderr?.on('data', (data: Buffer) => process.stderr.write(data));
    child.once('exit', (code) => reject(new Error(`The reply server ended with ${code}.`)));
  });
}

async function* measureRounds(
  { rows, rounds, say }: BenchmarkContext,
  context: BrowserContext,
  address: string,
  server: string,
): AsyncGenerator<Round, void> {
  const texts = makeTexts(rows);
  const bare = await openBarePage(context, texts);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.bringToFront();
  await page.goto(address);
  await untilIdle(page);
  // A map of so many rows would be computed beside the run for minutes; the matrix costs next to nothing.
  await page.getByRole('tab', { name: 'Matrix' }).click();
  say('Uploading the texts; the built-in baselines run on them first …');
  await upload(page, texts);
  await page.getByRole('button', { name: 'Show data and models' }).click();
  const items = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
  await items
    .filter({ hasNot: page.getByRole('button', { name: 'Cancel' }) })
    .nth(1)
    .waitFor({ timeout: longWaitMs });
  await untilIdle(page);
  const panel = page.getByRole('region', { name: 'Models' });
  await panel.getByRole('combobox', { name: 'Provider' }).selectOption('OpenAI-compatible');
  await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${server}/v1`);
  await panel.getByRole('textbox', { name: 'Base URL' }).press('Enter');

  const session = await context.newCDPSession(page);
  const processes = await findProcesses(context, page, session);
  for (let number = 1; number <= Math.min(rounds, mostRounds); number++) {
    const model = `bench/${dimensions}-${number}`;
    await page.bringToFront();
    await panel.getByRole('option', { name: model }).click();
    await untilIdle(page);
    const round = await measureRound({
      page,
      session,
      processes,
      model,
      embed: panel.getByRole('button', { name: /^Embed/ }),
    });
    const log = (await (await fetch(`${server}/log`)).json()) as ServerLog;
    await page
      .getByRole('list', { name: 'Runs' })
      .getByRole('listitem', { name: model })
      .getByRole('button', { name: 'Remove' })
      .click();
    await untilIdle(page);
    const option = panel.getByRole('option', { name: model });
    if ((await option.getAttribute('aria-selected')) === 'true') await option.click();
    const { batches } = log;
    const requestsAtOnce = Math.max(fewestAtOnce, log.mostInFlight);
    const task = { address: server, model, batches, requestsAtOnce, dimensions };
    const { bareMs, bareMemory } = await measureBare(bare, task);
    await fetch(`${server}/log`);
    const { wallMs, busyMs, longTasksMs, longestTaskMs } = round.use;
    say(
      `Round ${number}: ${(wallMs / 1000).toFixed(1)} s in ${batches.length} requests of up to ${Math.max(...batches)} texts, ${requestsAtOnce} at once, bare ${(bareMs / 1000).toFixed(1)} s; main thread ${(busyMs / 1000).toFixed(1)} s, longest task ${Math.round(longestTaskMs)} ms, ${longTasksMs.length} above 50 ms`,
    );
    yield { ...round, bareMs, bareMemory };
  }
}

interface RoundRequest {
  readonly page: Page;
  readonly session: CDPSession;
  readonly processes: Processes;
  readonly model: string;
  readonly embed: Locator;
}

async function measureRound(request: RoundRequest): Promise<Omit<Round, 'bareMs' | 'bareMemory'>> {
  const { page, session, processes, model, embed } = request;
  await collectGarbage(session);
  const heapBefore = await heapOf(session);
  const pageBefore = await residentBytesOf(processes.page);
  const browserBefore = await residentBytesOf(processes.browser);
  const storedBefore = await settledBytes(page);
  const mostOfPage = watchMemory(processes.page);
  const mostOfBrowser = watchMemory(processes.browser);
  const stopTrace = await traceMainThread(session);
  const done = markRun(page, model);
  await page.waitForTimeout(300);
  await embed.click();
  await done;
  const use = await stopTrace(beginMark, doneMark);
  const renderer = mostOfPage() - pageBefore;
  const browser = mostOfBrowser() - browserBefore;
  await untilIdle(page);
  await collectGarbage(session);
  const heap = (await heapOf(session)) - heapBefore;
  const stored = (await settledBytes(page)) - storedBefore;
  return { use, heap, stored, renderer, browser };
}

/** Marks the click on Embed and the moment the run's item says `done` in the page's own timeline; settles with the latter. */
async function markRun(page: Page, model: string): Promise<void> {
  await page.evaluate(
    ([wanted, begin, done]) =>
      new Promise<void>((resolve) => {
        performance.clearMarks();
        const isEmbed = (target: EventTarget | null) =>
          target instanceof Element && /^Embed/.test(target.closest('button')?.textContent ?? '');
        const onClick = ({ target }: Event) => {
          if (!isEmbed(target)) return;
          removeEventListener('click', onClick, true);
          performance.mark(begin);
        };
        addEventListener('click', onClick, true);
        const observer = new MutationObserver(() => {
          const names = Array.from(
            document.querySelectorAll('li[aria-label]'),
            (item) => item.ariaLabel ?? '',
          );
          if (!names.some((name) => name.startsWith(wanted) && name.includes('done'))) return;
          observer.disconnect();
          performance.mark(done);
          resolve();
        });
        observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-label'] });
      }),
    [model, beginMark, doneMark] as const,
  );
}
