import { maskSecrets } from './mask-secrets';
import { ProviderError, type ProviderErrorKind } from './provider-error';
import { readErrorBody } from './read-error-body';

/** An answer that is an error. */
export interface ErrorReply {
  /** HTTP status; 2xx where the error hides in a reply that claims success. */
  readonly status: number;
  readonly bodyText: string;
  /** The header Retry-After as sent, where the page may read it. */
  readonly retryAfter?: string | null;
  /** Milliseconds since 1970, to read a Retry-After that is a date. */
  readonly nowMs?: number;
  /** Model asked for, to name it. */
  readonly model?: string | null;
  /** The key that was sent, so that no message repeats it. */
  readonly key?: string | null;
}

interface Rule {
  readonly kind: ProviderErrorKind;
  /** Statuses that suffice alone. */
  readonly statuses?: readonly number[];
  /** Codes of the body that suffice alone. */
  readonly codes?: RegExp;
  /** Words of the message, and the statuses among which they count; 0 is a reply that claims success. */
  readonly words?: { readonly pattern: RegExp; readonly among: readonly number[] };
  readonly say: (model: string) => string;
}

/** In order; the first rule that fits decides. */
const rules: readonly Rule[] = [
  {
    kind: 'forbidden',
    codes: /gated|needs_oauth/,
    words: { pattern: /\bgated\b/, among: [400, 401, 403, 404] },
    say: (model) => `${model} is gated: its licence must be accepted with your account first.`,
  },
  {
    kind: 'forbidden',
    statuses: [402],
    codes: /insufficient_(quota|credit|funds|balance)|billing|payment/,
    words: { pattern: /\b(credits?|balance|billing|payment)\b/, among: [403] },
    say: () => 'The account has no credit left for this request.',
  },
  {
    kind: 'forbidden',
    codes: /(^|_)plan(_|$)|subscription/,
    words: { pattern: /\b(plan|subscription|upgrade)\b/, among: [403] },
    say: (model) => `The plan of this account does not include ${model}.`,
  },
  {
    kind: 'unauthorized',
    statuses: [401],
    codes: /unauthori[sz]ed|invalid_api_key|authentication/,
    words: { pattern: /\bapi[ _-]?key\b/, among: [0, 400, 403] },
    say: () => 'The server did not accept the key, or asks for one.',
  },
  {
    kind: 'forbidden',
    statuses: [403],
    codes: /forbidden|permission/,
    say: (model) => `The server does not allow this account to use ${model}.`,
  },
  {
    kind: 'not-found',
    codes: /model_not_found/,
    words: {
      pattern: /\bmodel\b.*\b(not found|does not exist|unknown|not exist)\b|\b(unknown|no such) model\b/,
      among: [0, 400, 404, 422],
    },
    say: (model) => `The server does not know ${model}.`,
  },
  {
    kind: 'not-found',
    statuses: [404, 410],
    say: (model) => `The server has nothing at this address, or does not know ${model}.`,
  },
  {
    kind: 'busy',
    statuses: [429],
    codes: /concurrency|rate_limit|too_many_requests/,
    say: () => 'The account has as many requests under way as it is allowed.',
  },
  {
    kind: 'cold',
    codes: /(^|_)cold(_|$)|model_loading|warming|model_not_ready/,
    words: {
      pattern:
        /\bmodel\b.*\b(cold|loading|warming|not (yet )?(loaded|ready|warm))\b|\b(cold|loading|warming)\b.*\bmodel\b|\bcold[ -]?start|\bwarming up\b/,
      among: [0, 400, 409, 425, 503],
    },
    say: (model) => `${model} is not running yet and is being started, which can take minutes.`,
  },
  {
    kind: 'busy',
    statuses: [503],
    codes: /capacity|overloaded|unavailable/,
    say: () => 'The server has no free capacity for this model at the moment.',
  },
  {
    kind: 'server',
    codes: /completions?_error/,
    say: (model) => `The server failed while running ${model}; it may not be an embedding model.`,
  },
  {
    kind: 'rejected',
    words: { pattern: /\bdimensions?\b/, among: [0, 400, 422] },
    say: () => 'The server refused the length of vector that was asked for.',
  },
  {
    kind: 'rejected',
    statuses: [413],
    words: {
      pattern: /\btoo (long|large|big|many)\b|\bmaximum\b|\bexceed|\bcontext length\b|\blonger than\b/,
      among: [0, 400, 422],
    },
    say: () => 'The server refused the texts as too long or too many.',
  },
  { kind: 'timeout', statuses: [408], say: () => 'The server gave up waiting for the request.' },
  {
    kind: 'server',
    statuses: [502, 504, 520, 522, 524],
    say: () => 'The server took too long or could not be reached by its own gateway.',
  },
  {
    kind: 'server',
    codes: /server_error|internal/,
    say: (model) => `The server failed inside; ${model} may not be an embedding model.`,
  },
];

function fallback(status: number): Pick<Rule, 'kind' | 'say'> {
  if (status >= 500) {
    return {
      kind: 'server',
      say: (model) => `The server failed inside; ${model} may not be an embedding model.`,
    };
  }
  if (status >= 400) return { kind: 'rejected', say: () => 'The server refused this request.' };
  if (status >= 300) {
    return { kind: 'rejected', say: () => 'The server sent the request elsewhere, which is not followed.' };
  }
  return { kind: 'bad-reply', say: () => 'The server reported success and an error at once.' };
}

function fits(rule: Rule, status: number, codes: readonly string[], message: string): boolean {
  return (
    rule.statuses?.includes(status) === true ||
    codes.some((code) => rule.codes?.test(code)) ||
    (rule.words?.among.includes(status) === true && rule.words.pattern.test(message))
  );
}

function shorten(text: string, length: number): string {
  const plain = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  return plain.length <= length ? plain : `${plain.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Milliseconds of a Retry-After header (seconds, or an HTTP date when the time is known), or null. RFC 9110, 10.2.3. */
export function readRetryAfter(header: string | null, nowMs?: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  const date = text === '' || nowMs === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) || nowMs === undefined ? null : Math.max(0, date - nowMs);
}

/**
 * Turns any error answer of an OpenAI-compatible server into the one form the rest knows. Never throws; repeats neither
 * the key nor anything that looks like one.
 */
export function normaliseError(reply: ErrorReply): ProviderError {
  const key = reply.key ?? null;
  const body = readErrorBody(reply.bodyText);
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const status = isSuccess ? (body.status ?? 0) : reply.status;
  const lowered = body.message.slice(0, 2000).replace(/\s+/g, ' ').toLowerCase();
  const rule = rules.find((candidate) => fits(candidate, status, body.codes, lowered)) ?? fallback(status);

  const conceal = (text: string, length: number) => maskSecrets(shorten(maskSecrets(text, key), length), key);
  const said = conceal(body.message, 240).replace(/[.\s]+$/, '');
  const model = reply.model ? `the model ${reply.model}` : 'the model';
  const sentence = rule.say(model);
  const quote = body.isPage
    ? ' A web page came instead of an answer of the API.'
    : said === '' || body.codes.includes(said.toLowerCase())
      ? ''
      : ` The server said: “${said}”.`;
  const detail = conceal(
    [...body.codes, body.isPage ? `web page ${body.message}`.trim() : body.message]
      .filter((part, place, all) => part !== '' && all.indexOf(part) === place)
      .join(': '),
    300,
  );
  const message = sentence.charAt(0).toUpperCase() + sentence.slice(1) + quote;
  return new ProviderError(
    rule.kind,
    key !== null && key.trim().length >= 8 ? message.replaceAll(key.trim(), '•••') : message,
    reply.status,
    detail === '' ? null : detail,
    readRetryAfter(reply.retryAfter ?? null, reply.nowMs),
  );
}
