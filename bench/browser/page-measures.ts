import type { BrowserContext, CDPSession, Page } from 'playwright';
import { markPrefix, traceMainThread } from './trace-main-thread';

export interface Processes {
  readonly page: readonly number[];
  /** The browser itself, its storage and its network. */
  readonly browser: readonly number[];
}

/** A trace says which process a page has. */
export async function findProcesses(
  context: BrowserContext,
  page: Page,
  session: CDPSession,
): Promise<Processes> {
  const marks = [`${markPrefix}first`, `${markPrefix}second`] as const;
  const stopTrace = await traceMainThread(session);
  await page.evaluate((names) => {
    for (const mark of names) performance.mark(mark);
  }, marks);
  const { pid } = await stopTrace(...marks);
  const browser = await context.browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await browser?.send('SystemInfo.getProcessInfo')) ?? {};
  const others = processInfo.filter(({ type }) => type !== 'renderer' && type !== 'GPU');
  return { page: [pid], browser: others.map(({ id }) => id) };
}

export async function collectGarbage(session: CDPSession): Promise<void> {
  await session.send('HeapProfiler.collectGarbage');
}

export async function heapOf(session: CDPSession): Promise<number> {
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

function storedBytes(page: Page): Promise<number> {
  return page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
}

/** What is stored once the browser has cleaned up behind merged chunks: when it has not changed for five seconds. */
export async function settledBytes(page: Page): Promise<number> {
  let last = await storedBytes(page);
  for (let quietSeconds = 0; quietSeconds < 5; ) {
    await page.waitForTimeout(1000);
    const now = await storedBytes(page);
    quietSeconds = now === last ? quietSeconds + 1 : 0;
    last = now;
  }
  return last;
}
