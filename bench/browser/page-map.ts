import type { Page } from 'playwright';
import { type BenchmarkGroup, compareFigures, median } from '../benchmark';
import { makeTexts } from '../make-texts';
import { longWaitMs, untilIdle, upload, withBuiltPage } from './built-page';
import { withBrowser } from './launch-browser';
import { type MainThreadUse, markPrefix, traceMainThread } from './trace-main-thread';

const usualRows = 10_000;
const beginMark = `${markPrefix}use`;
const doneMark = `${markPrefix}map`;
const mostRounds = 3;

interface Round {
  readonly use: MainThreadUse;
  /** Changes of the status line. */
  readonly reports: number;
}

/** What the main thread does while the built page reads texts, runs the baselines, searches neighbours and draws the map. */
export const pageMap: BenchmarkGroup = {
  name: 'page-map',
  about:
    'the built page from a file of texts to the finished map of a baseline: its main thread by thread time',
  where: 'browser',
  async *run(context) {
    const n = context.shapes?.[0]?.n ?? usualRows;
    const rounds: Round[] = [];
    context.say('Building the page …');
    await withBuiltPage(context, async (address) => {
      for (let round = 0; round < Math.min(mostRounds, context.rounds); round++)
        await withBrowser(async (browser) => {
          const page = browser.pages()[0] ?? (await browser.newPage());
          await page.goto(address);
          await untilIdle(page);
          rounds.push(await measureRound(page, n));
          const { wallMs, busyMs, longTasksMs } = rounds.at(-1)!.use;
          const long = longTasksMs.map((ms) => Math.round(ms)).join(', ') || 'none';
          context.say(
            `Round ${round + 1}: ${(wallMs / 1000).toFixed(1)} s, main thread ${(busyMs / 1000).toFixed(1)} s; over 50 ms: ${long}`,
          );
        });
    });
    const middle = (pick: (round: Round) => number) => median(rounds.map(pick));
    const shape = { n, d: null } as const;
    yield compareFigures({
      ...shape,
      name: 'main thread, texts to map: longest task',
      unit: 'ms',
      better: 'less',
      value: middle(({ use }) => use.longestTaskMs),
      peer: { name: 'aim', value: 50 },
    });
    yield compareFigures({
      ...shape,
      name: 'main thread, texts to map: tasks over 50 ms',
      unit: 'tasks',
      better: 'less',
      value: middle(({ use }) => use.longTasksMs.length),
    });
    yield compareFigures({
      ...shape,
      name: 'main thread, texts to map: busy',
      unit: '% of the time',
      better: 'less',
      value: middle(({ use }) => (100 * use.busyMs) / use.wallMs),
    });
    yield compareFigures({
      ...shape,
      name: 'progress, texts to map',
      unit: 'reports/s',
      better: 'more',
      value: middle(({ use, reports }) => reports / (use.wallMs / 1000)),
      peer: { name: 'aim', value: 10 },
    });
  },
};

async function measureRound(page: Page, n: number): Promise<Round> {
  const session = await page.context().newCDPSession(page);
  const stopTrace = await traceMainThread(session);
  await upload(page, makeTexts(n), () =>
    page.evaluate((mark) => {
      const counted = globalThis as unknown as { reports: number };
      counted.reports = 0;
      const status = document.querySelector('[role=status][aria-label=Progress]');
      if (status === null) throw new Error('There is no status line.');
      new MutationObserver(() => {
        counted.reports++;
      }).observe(status, { subtree: true, childList: true, characterData: true });
      performance.mark(mark);
    }, beginMark),
  );
  const drawn = page.locator(`[data-points="${n}"][data-state="ready"]`).first();
  await drawn.waitFor({ timeout: longWaitMs });
  const reports = await page.evaluate((mark) => {
    performance.mark(mark);
    return (globalThis as unknown as { reports: number }).reports;
  }, doneMark);
  return { use: await stopTrace(beginMark, doneMark), reports };
}
