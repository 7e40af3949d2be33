// Serves dist/ without a build tool: node src/server/serve-page.ts (Node 22.18 or newer, which reads TypeScript).
import { fileURLToPath } from 'node:url';
import { createPageServer } from './page-server.ts';

const { PORT = '8080', HOST = '127.0.0.1', FEATHERLESS_ORIGIN = 'https://api.featherless.ai' } = process.env;
const folder = fileURLToPath(new URL('../../dist/', import.meta.url));
const server = createPageServer({
  folder,
  forwardTo: FEATHERLESS_ORIGIN === 'none' ? null : FEATHERLESS_ORIGIN,
});
server.listen(Number(PORT), HOST, () => {
  process.stdout.write(`Murmuration on http://${HOST}:${PORT}, /featherless to ${FEATHERLESS_ORIGIN}\n`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
