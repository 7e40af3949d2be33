import { type BaseUrl, readBaseUrl } from '@/core/embedding/base-url';
import { normaliseError } from '@/core/embedding/normalise-error';
import { parseReply } from '@/core/embedding/parse-reply';
import { ProviderError } from '@/core/embedding/provider-error';
import { carriesError } from '@/core/embedding/read-error-body';

/** One request to the API of a provider. */
export interface RemoteRequest {
  readonly baseUrl: string;
  /** Below the base URL, such as `/models`. */
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Key given for exactly this base URL, or null. */
  readonly key: string | null;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** A longer reply is not read to its end; 256 MB unless told. */
  readonly maxReplyBytes?: number;
  /** Model asked for, named in messages. */
  readonly model?: string;
}

/** A successful reply, its JSON parsed. */
export interface RemoteReply {
  readonly status: number;
  readonly value: unknown;
  /** Id the server gave the request, where the page may read it. */
  readonly requestId: string | null;
}

const longestReplyBytes = 256 * 2 ** 20;
const requestIdHeaders = ['x-request-id', 'request-id', 'cf-ray'] as const;

function refuse(message: string): ProviderError {
  return new ProviderError('rejected', message);
}

function isBelow(pathname: string, base: BaseUrl): boolean {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return false;
  }
  const climbs = decoded.split(/[\\/]/).some((part) => part === '..' || part === '.');
  return pathname.startsWith(`${base.path}/`) && !climbs;
}

function buildUrl(request: RemoteRequest): URL {
  const base = readBaseUrl(request.baseUrl);
  const url = new URL(base.origin);
  url.pathname = `${base.path}/${request.path.replace(/^\/+/, '')}`;
  for (const [name, value] of Object.entries(request.query ?? {})) {
    url.searchParams.set(name, String(value));
  }
  if (url.origin !== base.origin || !isBelow(url.pathname, base)) {
    throw refuse('The request would leave the base URL, so it was not sent.');
  }
  return url;
}

function buildHeaders(key: string | null, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  const secret = key?.trim() ?? '';
  if (!/^[\x21-\x7e]*$/.test(secret)) {
    throw new ProviderError(
      'unauthorized',
      'The key contains blanks or characters that no key has. Copy it again.',
    );
  }
  if (secret !== '') headers.Authorization = `Bearer ${secret}`;
  if (hasBody) headers['Content-Type'] = 'application/json';
  return headers;
}

async function readBody(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts.join('') + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new ProviderError(
        'bad-reply',
        `The reply of the server is longer than ${Math.ceil(maxBytes / 2 ** 20)} MB, far more than was asked for.`,
        response.status,
      );
    }
    parts.push(decoder.decode(value, { stream: true }));
  }
}

function requestIdOf(headers: Headers): string | null {
  for (const name of requestIdHeaders) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return null;
}

/** What a failed fetch or a reply that broke off means; the error itself says nothing a person could use. */
function explainFailure(
  error: unknown,
  request: RemoteRequest,
  timeout: AbortSignal,
  host: string,
  status: number | null,
): Error {
  if (request.signal.aborted) return new DOMException('The request was cancelled.', 'AbortError');
  if (timeout.aborted) {
    const seconds = Math.ceil(request.timeoutMs / 1000);
    return new ProviderError('timeout', `${host} did not answer within ${seconds} s.`, status);
  }
  if (error instanceof ProviderError) return error;
  if (status !== null) {
    return new ProviderError('server', `The connection to ${host} broke off during the reply.`, status);
  }
  return new ProviderError(
    'unreachable',
    `${host} could not be reached, or does not let this page read its answer.`,
  );
}

/**
 * Sends every request that leaves the page's own origin; there is no other way out. It stays on the origin and below the
 * path of the base URL, follows no redirect, and sends no cookie, no referrer, and no header but Authorization (where
 * there is a key) and Content-Type (where there is a body).
 *
 * Throws ProviderError for trouble of any kind, an error inside a 2xx reply included, and AbortError when cancelled.
 */
export async function sendRequest(request: RemoteRequest): Promise<RemoteReply> {
  const { key, signal } = request;
  const url = buildUrl(request);
  const hasBody = request.body !== undefined;
  const headers = buildHeaders(key, hasBody);
  const timeout = AbortSignal.timeout(request.timeoutMs);
  let response: Response | null = null;
  let text: string;
  try {
    response = await fetch(url, {
      method: request.method,
      headers,
      body: hasBody ? JSON.stringify(request.body) : undefined,
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.any([signal, timeout]),
    });
    text = await readBody(response, request.maxReplyBytes ?? longestReplyBytes);
  } catch (error) {
    throw explainFailure(error, request, timeout, url.host, response?.status ?? null);
  }
  const { status, ok } = response;
  const failure = (bodyText: string) =>
    normaliseError({
      status,
      bodyText,
      retryAfter: response.headers.get('retry-after'),
      nowMs: Date.now(),
      model: request.model,
      key,
    });
  if (!ok) throw failure(text);
  const value = parseReply(text);
  if (carriesError(value)) throw failure(text);
  return { status, value, requestId: requestIdOf(response.headers) };
}
