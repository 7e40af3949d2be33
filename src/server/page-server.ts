import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { createForwarder } from './featherless-forwarder.ts';
import { pageHeaders } from './page-headers.ts';

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
  ['.woff2', 'font/woff2'],
  ['.tsv', 'text/tab-separated-values; charset=utf-8'],
  ['.json', 'application/json'],
]);
const packed = new Set(['.html', '.js', '.css', '.svg', '.wasm', '.tsv', '.json']);

interface PageServerOptions {
  /** The built page. */
  readonly folder: string;
  /** Where `/featherless/*` goes; null for a server that forwards nothing. */
  readonly forwardTo: string | null;
}

/**
 * Serves the built page with the headers that isolate it, and forwards `/featherless/*`. Only files below the folder are answered, and
 * only GET and HEAD. Throws TypeError where `forwardTo` is no http(s) URL.
 */
export function createPageServer({ folder, forwardTo }: PageServerOptions): Server {
  const forward = forwardTo === null ? null : createForwarder(forwardTo);
  return createServer((request, response) => {
    const prefix = '/featherless';
    if (forward !== null && request.url?.startsWith(`${prefix}/`)) {
      request.url = request.url.slice(prefix.length);
      forward(request, response);
      return;
    }
    serveFile(folder, request, response).catch(() => refuse(response, 500));
  });
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { ...pageHeaders, 'Content-Type': 'text/plain' }).end(`${status}\n`);
}

async function serveFile(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405);
    return;
  }
  const file = await findFile(folder, request.url ?? '/');
  if (file === null) {
    refuse(response, 404);
    return;
  }
  const extension = extname(file.path);
  const isPacked = packed.has(extension) && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  response.writeHead(200, {
    ...pageHeaders,
    'Content-Type': contentTypes.get(extension) ?? 'application/octet-stream',
    // Names of assets change with their content; the page itself is asked for anew.
    'Cache-Control': file.path.includes(`${sep}assets${sep}`)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    Vary: 'Accept-Encoding',
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': file.size }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const source = createReadStream(file.path);
  const ended = () => {};
  if (isPacked) pipeline(source, createGzip(), response, ended);
  else pipeline(source, response, ended);
}

/** The file that a path names, or null; links that lead out of the folder are none of it. */
async function findFile(folder: string, url: string): Promise<{ path: string; size: number } | null> {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]!);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  try {
    const root = await realpath(folder);
    const found = await realpath(join(root, path.endsWith('/') ? `${path}index.html` : path));
    if (!found.startsWith(root + sep)) return null;
    const about = await stat(found);
    return about.isFile() ? { path: found, size: about.size } : null;
  } catch {
    return null;
  }
}
