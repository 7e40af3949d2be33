import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const mimeTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.tsv': 'text/tab-separated-values',
};

interface StaticHost {
  readonly url: string;
  readonly visits: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  close(): void;
}

/** Serves a built page below a path, as a host does that only has files and sends no headers of its own. */
export async function startStaticHost(base: string, root: string): Promise<StaticHost> {
  const visits: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    visits.push({ path, headers: request.headers });
    const file = join(root, path.startsWith(base) ? path.slice(base.length) || 'index.html' : 'missing');
    if (!path.startsWith(base) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': mimeTypes[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    visits,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
