import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, normalize } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { build, defaultClientConditions } from 'vite';
import { type BenchmarkContext, type BenchmarkGroup, OwnTime } from '../benchmark';
import type { Arena } from '../contest/arena';
import { subjects } from '../contest/subjects';
import { hasPeer, installHint, peerPaths } from '../peers/load-peers';
import { PythonPeer } from '../peers/python-peer';
import type { PeerAddresses } from './contest-page';
import { withBrowser } from './launch-browser';
import { findProcesses } from './page-measures';

const pagePath = 'bench/browser/contest-page.html';
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** The page of contests in a browser; contests are held on its main thread, ours in the workers of the product. */
export interface PageArena extends Arena {
  readonly page: Page;
}

async function buildPage(root: string): Promise<string> {
  const outDir = `${root}node_modules/.bench-page`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: {
      alias: { '@': `${root}src` },
      conditions: ['visgl:webgl-only', ...defaultClientConditions],
    },
    worker: { format: 'es' },
    build: {
      target: 'es2023',
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      rollupOptions: { input: `${root}${pagePath}` },
    },
  });
  return outDir;
}

/** Serves the built page, cross-origin isolated as the product is, and the peers below /peers/. */
async function serve(root: string, outDir: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const peer = path.startsWith('/peers/') ? path.slice('/peers/'.length) : null;
    const file = peer === null ? `${outDir}${path}` : `${root}bench/node_modules/${peer}`;
    const type = contentTypes[extname(file)];
    if (type === undefined || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': type,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Processor time of the page's process, all its threads, its workers' among them. Browsers count it in hundredths of a second. */
async function processorTime(context: BrowserContext, pid: number): Promise<number> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const found = processInfo.find(({ id }) => id === pid);
  if (found === undefined) throw new Error('The page has lost its process.');
  return found.cpuTime * 1000;
}

export async function withPageArena<Result>(
  { root, say }: BenchmarkContext,
  work: (arena: PageArena) => Promise<Result>,
): Promise<Result> {
  say('Building the page of contests …');
  const server = await serve(root, await buildPage(root));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const python = await PythonPeer.start(root);
  const hasTensors = hasPeer(root, 'tensors') && hasPeer(root, 'tensorKernels');
  const peers: PeerAddresses = {
    atlas: hasPeer(root, 'atlas') ? `/peers/${peerPaths.atlas}` : null,
    tensorBinaries: hasTensors ? '/peers/@tensorflow/tfjs-backend-wasm/dist/' : null,
  };
  if (peers.atlas === null || !hasTensors)
    say(`Left out: embedding-atlas and TensorFlow.js (${installHint})`);
  try {
    return await withBrowser(async (context) => {
      const page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(30 * 60_000);
      await page.goto(`${address}/${pagePath}`);
      if (hasTensors)
        for (const script of [peerPaths.tensors, peerPaths.tensorKernels])
          await page.addScriptTag({ url: `${address}/peers/${script}` });
      await page.waitForFunction(() => 'contests' in globalThis);
      if (peers.atlas !== null) {
        const graphics = await page.evaluate(() => contests.nameGraphicsProcessor());
        say(graphics === null ? 'Left out: WebGPU, for which there is no adapter' : `WebGPU: ${graphics}`);
      }
      const { page: pids } = await findProcesses(context, page, await context.newCDPSession(page));
      return work({
        page,
        python,
        clock: () => processorTime(context, pids[0]!),
        leastMs: 200,
        open: (task) =>
          page.evaluate(([wanted, addresses]) => contests.open(wanted, addresses), [task, peers] as const),
        async run(name) {
          const workBefore = await page.evaluate(() => contests.countGraphicsWork());
          const ms = await page.evaluate((contender) => contests.run(contender), name);
          const work = (await page.evaluate(() => contests.countGraphicsWork())) - workBefore;
          if (work > 0) say(`${name}: the graphics processor was given work ${work} times`);
          return ms === null ? undefined : new OwnTime(ms);
        },
      });
    });
  } finally {
    server.closeAllConnections();
    server.close();
    await python?.stop();
  }
}

/** Every subject, in a page; ours in one worker. */
export const contestsInChromium: readonly BenchmarkGroup[] = subjects.map(({ name, about, run }) => ({
  name: `${name}-chromium`,
  about,
  where: 'browser',
  async *run(context) {
    yield* await withPageArena(context, async (arena) => {
      const results = [];
      for await (const result of run(arena, context))
        results.push({ ...result, name: `${result.name}, Chromium` });
      return results;
    });
  },
}));
