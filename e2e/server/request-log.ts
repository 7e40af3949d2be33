import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the server remembers of one request. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The query with its question mark, or an empty text. */
  readonly query: string;
  /** Names in lower case; the authorization value is kept, for tests to compare. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, once it has been read. */
  body?: unknown;
  /** The texts of an embeddings request; empty on every other route. */
  texts: readonly string[];
  /** Texts whose usable vectors the answer carries; they count once the answer is completely sent. */
  carried: readonly string[];
  /** Status of the answer once it is completely sent. */
  status?: number;
  /** The client closed its socket before the answer was completely sent. */
  aborted: boolean;
  /** The server cut the connection itself (fault `dropped`). */
  dropped: boolean;
  /** Answered, aborted or dropped. */
  finished: boolean;
}

/** Every request since the start or the last `clear`, preflights included. */
export interface RequestLog {
  readonly requests: readonly RequestRecord[];
  /** Embeddings requests without a finished answer, now. */
  readonly inFlight: number;
  /** Most embeddings requests that were ever without a finished answer at the same moment. */
  readonly maxInFlight: number;
  /** Texts whose usable vectors were completely sent, as often as they were. */
  readonly delivered: readonly string[];
  /** Requests of one route, e.g. `ofRoute('POST', '/v1/embeddings')`. */
  ofRoute(method: string, path: string): readonly RequestRecord[];
  clear(): void;
}

/** The log and the one function that feeds it. */
export function createRequestLog(): {
  log: RequestLog;
  watch(incoming: IncomingMessage, outgoing: ServerResponse): RequestRecord;
} {
  let requests: RequestRecord[] = [];
  let inFlight = 0;
  let maxInFlight = 0;
  const log: RequestLog = {
    get requests() {
      return requests;
    },
    get inFlight() {
      return inFlight;
    },
    get maxInFlight() {
      return maxInFlight;
    },
    get delivered() {
      return requests.flatMap(({ status, carried }) => (status === 200 ? carried : []));
    },
    ofRoute: (method, path) => requests.filter((record) => record.method === method && record.path === path),
    clear() {
      requests = [];
      maxInFlight = inFlight;
    },
  };
  return {
    log,
    watch(incoming, outgoing) {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      const record: RequestRecord = {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.search,
        headers: Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        ),
        texts: [],
        carried: [],
        aborted: false,
        dropped: false,
        finished: false,
      };
      requests.push(record);
      const counts = record.method === 'POST' && record.path === '/v1/embeddings';
      if (counts) {
        inFlight += 1;
        maxInFlight = Math.max(maxInFlight, inFlight);
      }
      outgoing.once('close', () => {
        if (outgoing.writableFinished) record.status = outgoing.statusCode;
        else record.aborted = !record.dropped;
        record.finished = true;
        if (counts) inFlight -= 1;
      });
      return record;
    },
  };
}
