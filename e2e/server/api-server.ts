import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { makeCatalog, pageCatalog, showRow } from './catalog';
import { embedText, ngramModels } from './embed-text';
import {
  deliveredTexts,
  type EmbeddingRequest,
  makeEmbeddingReply,
  readEmbeddingRequest,
  type ServedModel,
  writeEmbeddingReply,
} from './embedding-reply';
import { type Fault, type FaultRequest, pickFaults } from './faults';
import { answerPreflight, corsHeaders, makeErrorReply, makeJsonReply } from './http-reply';
import { loadRecordedModels } from './recorded-models';
import { createRequestLog, type RequestLog, type RequestRecord } from './request-log';

/** Settings of the faults. */
interface FaultSettings {
  /** Wait of the fault `slow`; 1000 unless told. */
  readonly delayMs?: number | undefined;
  /** Requests that `slow` lets through before it begins; 0 unless told. */
  readonly sparedRequests?: number | undefined;
  /** Texts that contain this word are the faulty ones. */
  readonly poison?: string | undefined;
  /** Most texts that `max-batch` lets through; 10 unless told. */
  readonly mostTexts?: number | undefined;
  /** Most UTF-8 bytes of texts that `max-bytes` lets through; 2000 unless told. */
  readonly mostBytes?: number | undefined;
  /** How many requests `cold-start` and its like hit; 3 unless told. */
  readonly firstRequests?: number | undefined;
  /** Where `redirect` sends a request. */
  readonly redirectTo?: string | undefined;
}

/** Everything optional: without options the server takes any key, picks a free port and behaves. */
export interface ApiServerOptions extends FaultSettings {
  /** 0, the default, picks a free one. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  /** The key that plan and embeddings demand. */
  readonly key?: string | undefined;
  /** Folder of recorded models (see `loadRecordedModels`). */
  readonly vectors?: string | undefined;
  readonly faults?: readonly string[] | undefined;
  /** Fewest rows of the catalog; made-up rows fill it up. */
  readonly catalogSize?: number | undefined;
  /** Requests the plan allows at once; reported, not enforced. 4 unless told. */
  readonly concurrency?: number | undefined;
  /** Called as an embeddings request comes in, with its number from 1; faults it sets hold for that request too. */
  readonly onEmbeddings?: ((count: number) => void) | undefined;
}

/** A running server. */
export interface ApiServer {
  /** Origin without a slash at the end; the API is under `/v1`. */
  readonly url: string;
  readonly port: number;
  /** Ids of the models that can be called. */
  readonly modelIds: readonly string[];
  readonly log: RequestLog;
  /** Replaces the faults from the next request on and ends the waits of `slow`; settings left out keep their value. Throws for unknown names. */
  setFaults(names: readonly string[], settings?: FaultSettings): void;
  /** Cuts open connections and frees the port. */
  close(): Promise<void>;
}

interface Bindings extends HttpBindings {
  record: RequestRecord;
}

/**
 * Starts an OpenAI-compatible server with a catalog, a plan and embeddings. Rejects for an unknown fault, an
 * unreadable folder of vectors or a port in use.
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { host = '127.0.0.1', port = 0, key, concurrency = 4 } = options;
  const models = listModels(options.vectors);
  const catalog = makeCatalog([...models.values()], options.catalogSize ?? 0);
  let active = pickFaults(options.faults ?? []);
  let settings: FaultSettings = {
    delayMs: options.delayMs,
    sparedRequests: options.sparedRequests,
    poison: options.poison,
    mostTexts: options.mostTexts,
    mostBytes: options.mostBytes,
    firstRequests: options.firstRequests,
    redirectTo: options.redirectTo,
  };
  let counts = new Map<string, number>();
  let change = new AbortController();
  let embeddingsCount = 0;
  const { log, watch } = createRequestLog();

  function countAsked(name: string): number {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  }

  function describeRequest(
    { record, outgoing }: Bindings,
    model: string,
    asked: Partial<EmbeddingRequest> = {},
  ): FaultRequest {
    const gone = new AbortController();
    if (outgoing.destroyed) gone.abort();
    outgoing.once('close', () => gone.abort());
    return {
      model,
      texts: record.texts,
      poison: settings.poison,
      delayMs: settings.delayMs ?? 1000,
      sparedRequests: settings.sparedRequests ?? 0,
      gone: gone.signal,
      changed: change.signal,
      mostTexts: settings.mostTexts ?? 10,
      mostBytes: settings.mostBytes ?? 2000,
      firstRequests: settings.firstRequests ?? 3,
      redirectTo: settings.redirectTo ?? 'http://127.0.0.1:9/v1/embeddings',
      dimensions: asked.dimensions,
      encoding: asked.encoding ?? 'float',
      isFirst: (name) => countAsked(name) === 1,
      count: countAsked,
      drop(body) {
        const bytes = Buffer.from(body);
        record.dropped = true;
        outgoing.writeHead(200, {
          ...corsHeaders,
          'Content-Type': 'application/json',
          'Content-Length': bytes.length,
        });
        outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.destroy());
        return RESPONSE_ALREADY_SENT;
      },
    };
  }

  /** The first answer a fault gives in place of the route, if any. */
  async function answerByFault(route: Fault['route'], request: FaultRequest): Promise<Response | undefined> {
    for (const fault of active.filter((one) => one.route === route)) {
      const answer = await fault.answer?.(request);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  const app = new Hono<{ Bindings: Bindings }>();
  app.options('*', ({ req }) =>
    answerPreflight(
      req.header('access-control-request-method'),
      req.header('access-control-request-headers'),
    ),
  );
  app.get('/v1/models', async ({ req, env }) => {
    const answer = await answerByFault('models', describeRequest(env, ''));
    return (
      answer ?? makeJsonReply(200, pageCatalog(catalog, new URL(req.url).searchParams, knowsPlan(env, key)))
    );
  });
  app.get('/v1/models/:id{.+}', async ({ req, env }) => {
    const id = req.param('id');
    const answer = await answerByFault('models', describeRequest(env, id));
    if (answer !== undefined) return answer;
    const row = catalog.find((one) => one.id === id);
    return row === undefined ? replyUnknownModel(id) : makeJsonReply(200, showRow(row, knowsPlan(env, key)));
  });
  app.get('/v1/plan', async ({ env }) => {
    if (!isAllowed(env, key)) return replyUnauthorized();
    const answer = await answerByFault('plan', describeRequest(env, ''));
    const plan = {
      id: 'local',
      name: 'Local',
      max_context_length: 32_768,
      max_model_size: null,
      concurrency,
    };
    return answer ?? makeJsonReply(200, plan);
  });
  app.post('/v1/embeddings', async ({ req, env }) => {
    options.onEmbeddings?.(++embeddingsCount);
    if (!isAllowed(env, key)) return replyUnauthorized();
    env.record.body = await req.json<unknown>().catch(() => undefined);
    const request = readEmbeddingRequest(env.record.body);
    if (request instanceof Response) return request;
    env.record.texts = request.texts;
    const faultRequest = describeRequest(env, request.model, request);
    const answer = await answerByFault('embeddings', faultRequest);
    if (answer !== undefined) return answer;
    const model = models.get(request.model);
    if (model === undefined) {
      const row = catalog.find(({ id }) => id === request.model);
      if (row === undefined) return replyUnknownModel(request.model);
      return row.kind === 'embedding'
        ? makeErrorReply(
            400,
            'model_not_ready',
            `${row.id} is cold and is warming up. Try again in a few minutes.`,
          )
        : makeErrorReply(500, 'server_error', `${row.id} is not an embedding model.`);
    }
    const embeddingFaults = active.filter(({ route }) => route === 'embeddings');
    const amended = embeddingFaults.reduce((made, fault) => fault.amend?.(made) ?? made, request);
    const reply = makeEmbeddingReply(model, amended);
    if (reply instanceof Response) return reply;
    for (const fault of embeddingFaults) fault.change?.(reply, faultRequest);
    env.record.carried = deliveredTexts(reply, request.texts);
    const body = writeEmbeddingReply(reply);
    const sender = embeddingFaults.find(({ send }) => send !== undefined);
    return (
      sender?.send?.(body, faultRequest) ??
      new Response(body, { headers: { ...corsHeaders, 'Content-Type': 'application/json' } })
    );
  });
  app.notFound(({ req }) => makeErrorReply(404, 'not_found', `Nothing is at ${req.method} ${req.path}.`));
  app.onError((error) => makeErrorReply(500, 'server_error', error.message));

  const server = createAdaptorServer({
    fetch: (request, env) => {
      const { incoming, outgoing } = env as HttpBindings;
      return app.fetch(request, { incoming, outgoing, record: watch(incoming, outgoing) });
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    modelIds: [...models.keys()],
    log,
    setFaults(names, changed = {}) {
      active = pickFaults(names);
      settings = { ...settings, ...changed };
      counts = new Map();
      change.abort();
      change = new AbortController();
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function listModels(vectors: string | undefined): Map<string, ServedModel> {
  const builtIn = ngramModels.map((model) => ({
    id: model.id,
    dimensions: model.dimensions,
    cuttable: model.cuttable,
    embed: (text: string) => embedText(model.id, text),
  }));
  const recorded = (vectors === undefined ? [] : loadRecordedModels(vectors)).map((model) => ({
    id: model.id,
    dimensions: model.dimensions,
    cuttable: false,
    embed: model.find,
  }));
  return new Map([...builtIn, ...recorded].map((model) => [model.id, model]));
}

function isAllowed({ record }: Bindings, key: string | undefined): boolean {
  return key === undefined || record.headers.authorization === `Bearer ${key}`;
}

/** Only a request with a valid key learns what its plan covers; a wrong key is silently treated as none. */
function knowsPlan(env: Bindings, key: string | undefined): boolean {
  return env.record.headers.authorization !== undefined && isAllowed(env, key);
}

function replyUnauthorized(): Response {
  return makeErrorReply(401, 'unauthorized', 'The API key is missing or not valid.');
}

function replyUnknownModel(id: string): Response {
  return makeErrorReply(404, 'model_not_found', `The model ${id} does not exist.`, 'model');
}
