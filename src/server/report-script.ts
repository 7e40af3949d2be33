import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin, type UserConfig } from 'vite';

const entry = fileURLToPath(new URL('../report/report.tsx', import.meta.url));
const devPath = '/@report-script.js';

type Shared = Pick<UserConfig, 'resolve' | 'define'>;

/**
 * Builds what runs inside a report into one classic script with its styles and its font, since a file that is opened from disk
 * can load neither modules nor anything else. `import url from '@/report/report.tsx?url'` is where the page finds it: an
 * asset of its own in the build, made anew at every request in development.
 */
export function reportScript(shared: Shared): Plugin {
  let isServed = false;
  return {
    name: 'murmuration:report-script',
    enforce: 'pre',
    configResolved: ({ command }) => {
      isServed = command === 'serve';
    },
    async load(id) {
      if (id !== `${entry}?url`) return null;
      if (isServed) return `export default ${JSON.stringify(devPath)};`;
      const reference = this.emitFile({
        type: 'asset',
        name: 'report.js',
        source: await buildReportScript(shared),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
    configureServer: ({ middlewares }) => {
      middlewares.use(devPath, (_request, response, next) => {
        buildReportScript(shared).then((script) => {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(script);
        }, next);
      });
    },
  };
}

async function buildReportScript({ resolve, define }: Shared): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve,
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      assetsInlineLimit: () => true,
      cssCodeSplit: false,
      modulePreload: false,
      chunkSizeWarningLimit: 2000,
      rollupOptions: {
        input: entry,
        output: { format: 'iife' },
        // Parts that load others at run time name their own address, which a script inside a page has not; none is loaded.
        onLog: (level, log, handle) => {
          if (log.code !== 'EMPTY_IMPORT_META') handle(level, log);
        },
      },
    },
  });
  const { output } = Array.isArray(result)
    ? result[0]!
    : (result as Extract<typeof result, { output: unknown }>);
  const chunks = output.filter((file) => file.type === 'chunk');
  const styles = output.filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  const others = output.filter((file) => file.type === 'asset' && !styles.includes(file));
  if (chunks.length !== 1 || others.length > 0)
    throw new Error(`A report is one script, not ${output.map(({ fileName }) => fileName).join(', ')}.`);
  const css = styles.map((file) => String((file as { source: unknown }).source)).join('\n');
  const dress = `{const s=document.createElement("style");s.textContent=${JSON.stringify(css)};document.head.append(s)}`;
  return inlineSafe(`${dress}\n${(chunks[0] as { code: string }).code}`);
}

/** The same script without what would end, or comment out, the element that holds it. Both stand in strings only. */
function inlineSafe(script: string): string {
  return script
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(script)/gi, '<\\/$1')
    .replace(/<!--/g, '<\\!--');
}
