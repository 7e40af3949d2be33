import {
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Plugin } from 'vite';

/** Where `/featherless/*` goes unless the server is told otherwise. */
const featherlessOrigin = 'https://api.featherless.ai';

/** Most bytes of a request; a batch of texts is far below it. */
const longestRequestBytes = 32 * 2 ** 20;

/** What travels to the API. Everything else stays here: cookies, Origin, Referer, and what concerns one connection only. */
const requestHeaders = ['accept', 'accept-encoding', 'authorization', 'content-type', 'user-agent'] as const;
const replyHeaders = [
  'content-type',
  'content-encoding',
  'content-length',
  'retry-after',
  'x-request-id',
  'request-id',
  'cf-ray',
] as const;

function answer(response: ServerResponse, status: number, code: string, message: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ error: { message, type: 'forwarder_error', param: null, code } }));
}

/** The method a path is asked with, or null where it is none of the three that are forwarded. */
function methodFor(path: string): 'GET' | 'POST' | null {
  if (path === '/v1/models' || path === '/v1/plan') return 'GET';
  if (path === '/v1/embeddings') return 'POST';
  if (!path.startsWith('/v1/models/')) return null;
  let id: string;
  try {
    id = decodeURIComponent(path.slice('/v1/models/'.length));
  } catch {
    return null;
  }
  // One decoding must leave a plain id: nothing that climbs, and nothing that a second decoding would change.
  const parts = id.split('/');
  const isId = parts.length <= 2 && parts.every((part) => /^[\w.~:@+-]+$/.test(part) && !/^\.+$/.test(part));
  return isId ? 'GET' : null;
}

function pickHeaders(names: readonly string[], from: IncomingMessage['headers']): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = from[name];
    if (typeof value === 'string') picked[name] = value;
  }
  return picked;
}

function passReply(reply: IncomingMessage, response: ServerResponse): void {
  const status = reply.statusCode ?? 502;
  if (status >= 300 && status < 400) {
    reply.destroy();
    answer(response, 502, 'redirect', 'The API sent the request elsewhere, which is not followed.');
    return;
  }
  response.writeHead(status, { ...pickHeaders(replyHeaders, reply.headers), 'Cache-Control': 'no-store' });
  reply.on('error', () => response.destroy());
  reply.on('aborted', () => response.destroy());
  reply.pipe(response);
}

/** Sends the body on as it comes, and stops both sides where it grows beyond the limit. */
function passBody(incoming: IncomingMessage, upstream: ClientRequest, response: ServerResponse): void {
  let bytes = 0;
  incoming.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > longestRequestBytes) {
      incoming.removeAllListeners('data');
      incoming.resume();
      upstream.destroy();
      refuseLength(response);
      return;
    }
    if (!upstream.write(part)) {
      incoming.pause();
      upstream.once('drain', () => incoming.resume());
    }
  });
  incoming.on('end', () => upstream.end());
}

function refuseLength(response: ServerResponse): void {
  answer(response, 413, 'too_large', `A request may have ${longestRequestBytes / 2 ** 20} MB at most.`);
}

/**
 * Answers requests whose URL begins below `/featherless`: `/v1/x` is asked of `origin`. Only the catalog, one model and the
 * plan (GET) and embeddings (POST) go through, asked by this page itself; the reply is handed on as it comes and kept
 * nowhere. A client that goes away ends the request to the API. Throws TypeError where `origin` is no http(s) URL.
 */
export function createForwarder(
  origin: string,
): (incoming: IncomingMessage, response: ServerResponse) => void {
  const target = new URL(origin);
  if (target.protocol !== 'https:' && target.protocol !== 'http:')
    throw new TypeError('The origin of the API must begin with https:// or http://.');
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;

  return (incoming, response) => {
    const [path = '', query] = (incoming.url ?? '').split('?', 2);
    const method = methodFor(path);
    if (method === null) return answer(response, 404, 'not_found', 'This is not forwarded.');
    if (incoming.method !== method) {
      response.setHeader('Allow', method);
      return answer(response, 405, 'method_not_allowed', `Only ${method} is forwarded here.`);
    }
    const site = incoming.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return answer(response, 403, 'other_site', 'Only the page of this server may ask here.');
    if (Number(incoming.headers['content-length'] ?? 0) > longestRequestBytes) return refuseLength(response);

    const headers = pickHeaders(requestHeaders, incoming.headers);
    const length = incoming.headers['content-length'];
    if (method === 'POST' && length !== undefined) headers['content-length'] = length;
    const url = new URL(`${path}${query === undefined ? '' : `?${query}`}`, target.origin);
    const upstream = request(url, { method, headers });
    upstream.on('response', (reply) => passReply(reply, response));
    upstream.on('error', () => {
      if (!response.writableEnded)
        answer(response, 502, 'unreachable', `${target.host} could not be reached.`);
    });
    response.on('close', () => upstream.destroy());
    if (method === 'POST') passBody(incoming, upstream, response);
    else upstream.end();
  };
}

/** Lets the page's own server, in development and preview, forward `/featherless/*` to the API. */
export function forwardFeatherless(origin: string = featherlessOrigin): Plugin {
  const forward = createForwarder(origin);
  return {
    name: 'murmuration:forward-featherless',
    configureServer: ({ middlewares }) => {
      middlewares.use('/featherless', forward);
    },
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use('/featherless', forward);
    },
  };
}
