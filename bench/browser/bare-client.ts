import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, CDPSession, Page } from 'playwright';
import type { Round } from './embed-figures';
import { collectGarbage, findProcesses } from './page-measures';
import { residentBytesOf, watchMemory } from './process-memory';

/** What a client sends: the sizes of its batches in order, how many requests at once, to which model. */
export interface BareTask {
  readonly address: string;
  readonly model: string;
  readonly batches: readonly number[];
  readonly requestsAtOnce: number;
  readonly dimensions: number;
}

/**
 * Runs in a page that holds nothing else: sends the texts in these batches and puts the decoded vectors into one matrix. The
 * limit of what any client in this browser could do with this server. Returns milliseconds.
 */
async function fetchBare(task: BareTask): Promise<number> {
  const { address, model, batches, requestsAtOnce, dimensions } = task;
  const Base64 = Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> };
  const { texts } = globalThis as unknown as { texts: readonly string[] };
  const matrix = new Float32Array(texts.length * dimensions);
  let nextBatch = 0;
  let nextRow = 0;
  const sendBatches = async () => {
    while (nextBatch < batches.length) {
      const first = nextRow;
      nextRow += batches[nextBatch++]!;
      const reply = await fetch(`${address}/v1/embeddings`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ model, input: texts.slice(first, nextRow), encoding_format: 'base64' }),
        cache: 'no-store',
      });
      const { data } = (await reply.json()) as { data: { index: number; embedding: string }[] };
      for (const { index, embedding } of data) {
        const bytes = Base64.fromBase64(embedding);
        matrix.set(new Float32Array(bytes.buffer), (first + index) * dimensions);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: requestsAtOnce }, sendBatches));
  const durationMs = performance.now() - began;
  if (matrix.at(-1) === 0) throw new Error('The last row did not arrive.');
  return durationMs;
}

export interface BarePage {
  readonly page: Page;
  readonly session: CDPSession;
  readonly pids: readonly number[];
}

export async function measureBare(
  { page, session, pids }: BarePage,
  task: BareTask,
): Promise<Pick<Round, 'bareMs' | 'bareMemory'>> {
  await page.bringToFront();
  await collectGarbage(session);
  const before = await residentBytesOf(pids);
  const mostMemory = watchMemory(pids);
  const bareMs = await page.evaluate(fetchBare, task);
  return { bareMs, bareMemory: mostMemory() - before };
}

/** A page without anything, of another origin than the server, that holds the texts. */
export async function openBarePage(context: BrowserContext, texts: readonly string[]): Promise<BarePage> {
  const host = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Bare client</title>');
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
  host.close();
  await page.evaluate((all) => {
    Object.assign(globalThis, { texts: all });
  }, texts);
  const session = await context.newCDPSession(page);
  const { page: pids } = await findProcesses(context, page, session);
  return { page, session, pids };
}
