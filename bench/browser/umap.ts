import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumLaunch } from '../../e2e/chromium';
import type { BenchmarkGroup } from '../benchmark';
import { compareRounds, contestShape } from '../umap-contest';

export const umapInChromium: BenchmarkGroup = {
  name: 'umap-chromium',
  about: 'the same in a page of Chromium',
  where: 'browser',
  async *run({ root, rounds }) {
    const server = await createServer({ root, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
    await server.listen();
    const browser = await chromium.launch(chromiumLaunch());
    try {
      const page = await browser.newPage();
      // A page of the server's origin without the product on it.
      await page.route('**/empty', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
      await page.goto(`${server.resolvedUrls?.local[0]}empty`);
      const results = await page.evaluate(
        async ({ shape, count, modules }) => {
          const load = (path: string) => import(/* @vite-ignore */ path);
          const [{ makeLists, runRound }, { loadUmapKernels }] = await Promise.all(modules.map(load));
          const kernels = await loadUmapKernels(await (await fetch('/src/kernels/umap.wasm')).arrayBuffer());
          const lists = makeLists(shape.n, shape.d, shape.k);
          const rows = [];
          for (let round = 0; round < count; round++) {
            await new Promise((resolve) => setTimeout(resolve));
            rows.push(runRound(lists, kernels));
          }
          return rows;
        },
        {
          shape: contestShape,
          count: rounds,
          modules: ['/bench/umap-contest.ts', '/src/kernels/umap-kernels.ts'],
        },
      );
      yield* compareRounds(results, `UMAP, Chromium ${browser.version()}`);
    } finally {
      await browser.close();
      await server.close();
    }
  },
};
