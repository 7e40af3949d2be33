// Our UMAP against umap-js with the same neighbours (15, itself counted) and start, 200 epochs each, in Node and in
// Chromium: the two take turns, medians of the rounds, ratio. Build the kernels first. Arguments: rows, dimensions, rounds.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer, runnerImport } from 'vite';

const [count = 10_000, dims = 384, rounds = 3] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL('..', import.meta.url));
const load = async (path) => {
  const alias = { '@': `${root}src` };
  return (await runnerImport(root + path, { configFile: false, resolve: { alias } })).module;
};
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function report(where, results) {
  console.log(`\n${where}, ${count} × ${dims}, median of ${rounds}: ours, umap-js, ratio`);
  for (const [name, label] of Object.entries({ graph: 'graph + start', epoch: 'epoch', total: 'in all' })) {
    const ours = median(results.map((result) => result.ours[name]));
    const theirs = median(results.map((result) => result.umapJs[name]));
    console.log(
      `${label.padEnd(14)} ${ours.toFixed(2).padStart(10)} ms ${theirs.toFixed(1).padStart(10)} ms ${(theirs / ours).toFixed(1).padStart(7)}×`,
    );
  }
}

const { makeLists, runRound } = await load('bench/measure-umap.ts');
const { loadUmapKernels } = await load('src/kernels/umap-kernels.ts');
const kernels = await loadUmapKernels(readFileSync(`${root}src/kernels/umap.wasm`));
const lists = makeLists(count, dims, 14);
const inNode = [];
for (let round = 0; round < rounds; round++) inNode.push(runRound(lists, kernels));
report(`Node ${process.version}`, inNode);

const { chromiumLaunch } = await load('e2e/chromium.ts');
const server = await createServer({ root, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
await server.listen();
const browser = await chromium.launch(chromiumLaunch());
const page = await browser.newPage();
await page.goto(`${server.resolvedUrls.local[0]}bench/umap-benchmark.mjs`);
const inChromium = await page.evaluate(
  async ({ rounds, lists, modules }) => {
    const [{ runRound }, { loadUmapKernels }] = await Promise.all(modules.map((path) => import(path)));
    const kernels = await loadUmapKernels(await (await fetch('/src/kernels/umap.wasm')).arrayBuffer());
    const typed = {
      ...lists,
      ids: Int32Array.from(lists.ids),
      similarities: Float32Array.from(lists.similarities),
      start: Float32Array.from(lists.start),
    };
    const results = [];
    for (let round = 0; round < rounds; round++) {
      await new Promise((resolve) => setTimeout(resolve));
      results.push(runRound(typed, kernels));
    }
    return results;
  },
  {
    rounds,
    modules: ['/bench/measure-umap.ts', '/src/kernels/umap-kernels.ts'],
    lists: {
      ...lists,
      ids: [...lists.ids],
      similarities: [...lists.similarities],
      start: [...lists.start],
    },
  },
);
report(`Chromium ${browser.version()}`, inChromium);
await browser.close();
await server.close();
