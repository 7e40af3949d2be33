import { setTimeout as wait } from 'node:timers/promises';
import type { EmbeddingItem, EmbeddingReply, EmbeddingRequest } from './embedding-reply';
import { corsHeaders, makeErrorReply, makeJsonReply, makeReply } from './http-reply';

/** What a fault may look at. */
export interface FaultRequest {
  readonly model: string;
  /** The texts of an embeddings request; empty on other routes. */
  readonly texts: readonly string[];
  /** The word given with `--poison`. */
  readonly poison: string | undefined;
  readonly delayMs: number;
  /** How many requests `slow` lets through before it begins. */
  readonly sparedRequests: number;
  /** Most texts and most UTF-8 bytes of texts that `max-batch` and `max-bytes` let through. */
  readonly mostTexts: number;
  readonly mostBytes: number;
  /** How many requests the faults that pass by themselves hit. */
  readonly firstRequests: number;
  /** Where `redirect` sends a request. */
  readonly redirectTo: string;
  /** Length asked for, or undefined. */
  readonly dimensions: number | undefined;
  readonly encoding: 'float' | 'base64';
  /** Aborted once the client has gone. */
  readonly gone: AbortSignal;
  /** Aborted once the faults are set anew. */
  readonly changed: AbortSignal;
  /** True the first time it is asked about a key since the faults were last set. */
  isFirst(key: string): boolean;
  /** Counts from 1 how often it was asked about a key since the faults were last set. */
  count(key: string): number;
  /** Sends half of a body and cuts the connection; the returned value stands for the sent answer. */
  drop(body: string): Response;
}

/** A way for the server to misbehave. Of several, those that answer go first, then those that change, then those that send. */
export interface Fault {
  readonly description: string;
  readonly route: 'embeddings' | 'models' | 'plan';
  /** Answers in place of the route; undefined lets the request pass. */
  answer?(request: FaultRequest): Response | undefined | Promise<Response | undefined>;
  /** Serves another request than the one that was sent. */
  amend?(request: EmbeddingRequest): EmbeddingRequest;
  /** Changes a correct reply in place. */
  change?(reply: EmbeddingReply, request: FaultRequest): void;
  /** Sends the written reply in its own way. */
  send?(body: string, request: FaultRequest): Response;
}

/** Every named fault, in the order in which they apply. */
export const faults = {
  slow: {
    description:
      'each embeddings answer waits (--delay milliseconds, 1000 unless told, or until the faults are set anew)',
    route: 'embeddings',
    async answer({ delayMs, sparedRequests, count, gone, changed }) {
      if (count('slow') <= sparedRequests) return undefined;
      await wait(delayMs, undefined, { signal: AbortSignal.any([gone, changed]) }).catch(() => undefined);
      return undefined;
    },
  },
  unauthorized: failing(401, 'unauthorized', 'This key is not valid.'),
  gated: failing(403, 'model_gated_needs_oauth', 'This model is gated: connect your account first.'),
  'not-found': failing(404, 'model_not_found', 'This model does not exist.'),
  busy: failing(429, 'concurrency_limit_exceeded', 'All units of your plan are in use.'),
  'server-error': failing(500, 'server_error', 'Something went wrong.'),
  overloaded: failing(503, 'capacity_exhausted', 'No capacity is free for this class of models.'),
  cold: failing(400, 'model_not_ready', 'The model is cold and is warming up. Try again in a few minutes.'),
  'no-credit': failing(402, 'insufficient_quota', 'The account has no credit left.'),
  'cold-start': {
    description: 'the first requests (--first, 3 unless told) answer 400 cold, later ones pass',
    route: 'embeddings',
    answer: ({ count, firstRequests }) =>
      count('cold-start') <= firstRequests
        ? makeErrorReply(400, 'model_not_ready', 'The model is cold and is warming up.')
        : undefined,
  },
  'busy-start': {
    description:
      'the first requests (--first, 3 unless told) answer 429 with Retry-After: 2, later ones pass',
    route: 'embeddings',
    answer: ({ count, firstRequests }) =>
      count('busy-start') <= firstRequests
        ? makeReply(429, '{"error":"Too many requests, slow down"}', 'application/json', {
            'Retry-After': '2',
            'Access-Control-Expose-Headers': 'Retry-After',
          })
        : undefined,
  },
  'overloaded-start': {
    description: 'the first requests (--first, 3 unless told) answer 503, later ones pass',
    route: 'embeddings',
    answer: ({ count, firstRequests }) =>
      count('overloaded-start') <= firstRequests
        ? makeErrorReply(503, 'capacity_exhausted', 'No capacity is free for this class of models.')
        : undefined,
  },
  'max-batch': {
    description: 'more texts than --most-texts (10 unless told) answer 413',
    route: 'embeddings',
    answer: ({ texts, mostTexts }) =>
      texts.length > mostTexts
        ? makeErrorReply(413, 'batch_too_large', `At most ${mostTexts} inputs are allowed.`)
        : undefined,
  },
  'max-bytes': {
    description: 'more bytes of text than --most-bytes (2000 unless told) answer 400',
    route: 'embeddings',
    answer: ({ texts, mostBytes }) =>
      Buffer.byteLength(texts.join('')) > mostBytes
        ? makeErrorReply(400, 'invalid_request', `The input is too large: at most ${mostBytes} bytes.`)
        : undefined,
  },
  'too-long': {
    description: 'a batch with a text that contains the --poison word answers 400 about the context length',
    route: 'embeddings',
    answer: ({ texts, poison = 'poison' }) =>
      texts.some((text) => text.includes(poison))
        ? makeErrorReply(400, 'context_length_exceeded', "This model's maximum context length is 512 tokens.")
        : undefined,
  },
  'detail-list': {
    description: 'a batch with a text that contains the --poison word answers 422 with {"detail":[…]}',
    route: 'embeddings',
    answer: ({ texts, poison = 'poison' }) => {
      const place = texts.findIndex((text) => text.includes(poison));
      if (place < 0) return undefined;
      const detail = [
        { loc: ['body', 'input', place], msg: 'This text cannot be tokenised', type: 'value_error' },
      ];
      return makeJsonReply(422, { detail });
    },
  },
  'detail-text': {
    description: 'answers 403 with {"detail":"…"}',
    route: 'embeddings',
    answer: () => makeJsonReply(403, { detail: 'Your plan does not include this model.' }),
  },
  'status-code-body': {
    description: 'answers 500 with {"statusCode",message,code}',
    route: 'embeddings',
    answer: () => makeJsonReply(500, { statusCode: 500, message: 'Upstream failed.', code: 'UPSTREAM' }),
  },
  'object-error': {
    description: 'answers 400 with {"object":"error",message,code}',
    route: 'embeddings',
    answer: () => makeJsonReply(400, { object: 'error', message: 'Bad input.', code: 40_001 }),
  },
  'plain-error': {
    description: 'answers 500 with plain text',
    route: 'embeddings',
    answer: () => makeReply(500, 'Internal Server Error', 'text/plain'),
  },
  'empty-error': {
    description: 'answers 500 without a body',
    route: 'embeddings',
    answer: () => makeReply(500, null, 'text/plain'),
  },
  'html-200': {
    description: 'answers 200 with an HTML page',
    route: 'embeddings',
    answer: () => makeReply(200, '<!doctype html><title>Welcome</title>', 'text/html'),
  },
  hang: {
    description: 'embeddings requests are never answered',
    route: 'embeddings',
    async answer({ gone }) {
      if (!gone.aborted) await new Promise((resolve) => gone.addEventListener('abort', resolve));
      return makeReply(503, null, 'text/plain');
    },
  },
  redirect: {
    description: 'answers 302 to --redirect (another origin, where nobody listens, unless told)',
    route: 'embeddings',
    answer: ({ redirectTo }) => makeReply(302, null, 'text/plain', { Location: redirectTo }),
  },
  'no-base64': {
    description: 'encoding_format base64 answers 400',
    route: 'embeddings',
    answer: ({ encoding }) =>
      encoding === 'base64'
        ? makeErrorReply(400, 'invalid_request', 'encoding_format must be float.', 'encoding_format')
        : undefined,
  },
  'dimensions-refused': {
    description: 'dimensions answers 400 although the model can be cut',
    route: 'embeddings',
    answer: ({ dimensions }) =>
      dimensions === undefined
        ? undefined
        : makeErrorReply(400, 'invalid_request', 'This model does not support dimensions.', 'dimensions'),
  },
  'dimensions-ignored': {
    description: 'vectors come at full length although dimensions was sent',
    route: 'embeddings',
    amend: withoutDimensions,
  },
  'zero-padded': {
    description: 'where dimensions is sent, half of the numbers come and zeros after them',
    route: 'embeddings',
    amend: withoutDimensions,
    change({ items }, { dimensions }) {
      if (dimensions === undefined) return;
      for (const item of items) {
        const half = item.values.slice(0, Math.ceil(dimensions / 2));
        item.values = [...half, ...new Array<number>(dimensions - half.length).fill(0)];
      }
    },
  },
  html: {
    description: 'answers 502 with an HTML page',
    route: 'embeddings',
    answer: () => makeReply(502, '<!doctype html><title>502</title><h1>Bad gateway</h1>', 'text/html'),
  },
  'error-200': {
    description: 'answers 200 with an error member',
    route: 'embeddings',
    answer: () => makeJsonReply(200, { error: { message: 'The model failed.', code: 'completion_error' } }),
  },
  'fail-once': {
    description: 'the first request of each batch answers 500, the same batch passes afterwards',
    route: 'embeddings',
    answer: ({ model, texts, isFirst }) =>
      isFirst(JSON.stringify([model, texts]))
        ? makeErrorReply(500, 'server_error', 'Something went wrong this once.')
        : undefined,
  },
  poison: {
    description: 'a batch with a text that contains the --poison word ("poison" unless told) answers 500',
    route: 'embeddings',
    answer: ({ texts, poison = 'poison' }) =>
      texts.some((text) => text.includes(poison))
        ? makeErrorReply(500, 'server_error', 'Something went wrong with this batch.')
        : undefined,
  },
  'nan-vector': changingVectors('begins with NaN, written as NaN (not valid JSON)', (item) => {
    item.values[0] = Number.NaN;
  }),
  'null-vector': changingVectors('begins with null', (item) => {
    item.values[0] = null;
  }),
  'zero-vector': changingVectors('is all zeros', (item) => {
    item.values.fill(0);
  }),
  'changed-length': changingVectors('is one number short', (item) => {
    item.values.pop();
  }),
  nested: changingVectors('comes inside a second pair of brackets', (item) => {
    item.nested = true;
  }),
  'wrong-count': {
    description: 'the last vector of each reply is missing',
    route: 'embeddings',
    change(reply) {
      reply.items.pop();
    },
  },
  'no-index': {
    description: 'the vectors come in order but without index',
    route: 'embeddings',
    change(reply) {
      reply.showsIndex = false;
    },
  },
  'float-anyway': {
    description: 'vectors come as numbers although base64 was asked for',
    route: 'embeddings',
    change(reply) {
      reply.encoding = 'float';
    },
  },
  reversed: {
    description: 'data comes in reverse order, each index right',
    route: 'embeddings',
    change(reply) {
      reply.items.reverse();
    },
  },
  'base64-anyway': {
    description: 'vectors come as base64 although numbers were asked for',
    route: 'embeddings',
    change(reply) {
      reply.encoding = 'base64';
    },
  },
  'other-model': {
    description: 'the reply names another model than the request',
    route: 'embeddings',
    change(reply) {
      reply.model = `${reply.model}-other`;
    },
  },
  'no-usage': {
    description: 'the reply has no usage',
    route: 'embeddings',
    change(reply) {
      reply.usage = undefined;
    },
  },
  dropped: {
    description: 'the connection is cut in the middle of the body',
    route: 'embeddings',
    send: (body, { drop }) => drop(body),
  },
  'huge-body': {
    description: 'each reply goes on for 64 MB',
    route: 'embeddings',
    send: sendHuge,
  },
  'catalog-down': {
    description: 'the models route answers 503',
    route: 'models',
    answer: () => makeErrorReply(503, 'server_error', 'The catalog is not available.'),
  },
} as const satisfies Readonly<Record<string, Fault>>;

/** The name of a fault. */
export type FaultName = keyof typeof faults;

/** All names, in the order in which the faults apply. */
export const faultNames: readonly FaultName[] = Object.keys(faults).filter(isFaultName);

/** Whether a text names a fault. */
function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

/** The faults of the given names, in table order. Throws a RangeError that lists the known names for an unknown one. */
export function pickFaults(names: readonly string[]): Fault[] {
  const unknown = names.filter((name) => !isFaultName(name));
  if (unknown.length > 0) {
    throw new RangeError(`No fault is called ${unknown.join(', ')}. Faults: ${faultNames.join(', ')}.`);
  }
  return faultNames.filter((name) => names.includes(name)).map((name) => faults[name]);
}

function failing(status: number, code: string, message: string): Fault {
  return {
    description: `answers ${status} ${code}`,
    route: 'embeddings',
    answer: () => makeErrorReply(status, code, message),
  };
}

/** A fault in the vectors of the texts with the poison word, or of the first text of each request where no word is given. */
function changingVectors(what: string, spoil: (item: EmbeddingItem) => void): Fault {
  return {
    description: `a vector* ${what}`,
    route: 'embeddings',
    change({ items }, { texts, poison }) {
      for (const item of items) {
        if (poison === undefined ? item.index === 0 : texts[item.index]?.includes(poison)) {
          spoil(item);
          item.isSpoiled = !item.nested;
        }
      }
    },
  };
}

function withoutDimensions(request: EmbeddingRequest): EmbeddingRequest {
  return { ...request, dimensions: undefined };
}

const hugeBytes = 64 * 2 ** 20;

/** The reply with a member of 64 MB more; written only as fast as it is read. */
function sendHuge(body: string): Response {
  const encoder = new TextEncoder();
  const filling = encoder.encode('x'.repeat(2 ** 18));
  let left = hugeBytes;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`${body.slice(0, -1)},"filling":"`)),
    pull(controller) {
      controller.enqueue(left > 0 ? filling : encoder.encode('"}'));
      if (left <= 0) controller.close();
      left -= filling.length;
    },
  });
  return new Response(stream, { headers: { ...corsHeaders, 'Content-Type': 'application/json' } });
}
