/** Entry of `npm run bench`: bundles the benchmarks as the page's build does, so that what is measured is what people get. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const outDir = `${root}node_modules/.bench`;
await build({
  root,
  configFile: false,
  logLevel: 'error',
  resolve: { alias: { '@': `${root}src` } },
  build: {
    ssr: true,
    rollupOptions: { input: [`${root}bench/run-command.ts`, `${root}bench/node/memory-child.ts`] },
    outDir,
    emptyOutDir: true,
    target: 'es2023',
  },
});
const { runCommand } = await import(pathToFileURL(`${outDir}/run-command.js`).href);
process.exit(await runCommand(process.argv.slice(2), root));
