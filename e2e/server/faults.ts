import { setTimeout as wait } from 'node:timers/promises';
import type { EmbeddingItem, EmbeddingReply } from './embedding-reply';
import { makeErrorReply, makeJsonReply, makeReply } from './http-reply';

/** What a fault may look at. */
export interface FaultRequest {
  readonly model: string;
  /** The texts of an embeddings request; empty on other routes. */
  readonly texts: readonly string[];
  /** The word given with `--poison`. */
  readonly poison: string | undefined;
  readonly delayMs: number;
  /** Aborted once the client has gone. */
  readonly gone: AbortSignal;
  /** True the first time it is asked about a key since the faults were last set. */
  isFirst(key: string): boolean;
  /** Sends half of a body and cuts the connection; the returned value stands for the sent answer. */
  drop(body: string): Response;
}

/** A way for the server to misbehave. Of several, those that answer go first, then those that change, then those that send. */
export interface Fault {
  readonly description: string;
  readonly route: 'embeddings' | 'models' | 'plan';
  /** Answers in place of the route; undefined lets the request pass. */
  answer?(request: FaultRequest): Response | undefined | Promise<Response | undefined>;
  /** Changes a correct reply in place. */
  change?(reply: EmbeddingReply, request: FaultRequest): void;
  /** Sends the written reply in its own way. */
  send?(body: string, request: FaultRequest): Response;
}

/** Every named fault, in the order in which they apply. */
export const faults = {
  slow: {
    description: 'each embeddings answer waits (--delay milliseconds, 1000 unless told)',
    route: 'embeddings',
    async answer({ delayMs, gone }) {
      await wait(delayMs, undefined, { signal: gone }).catch(() => undefined);
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
        if (poison === undefined ? item.index === 0 : texts[item.index]?.includes(poison)) spoil(item);
      }
    },
  };
}
