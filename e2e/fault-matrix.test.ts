import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { type EmbedOutcome, embedDataset } from '@/core/embedding/embed-dataset';
import { ProviderError } from '@/core/embedding/provider-error';
import { asWritten, type RunRecord, type RunSpec } from '@/core/embedding/run';
import { applyRunEvent, createRunRecord, type RunEvent } from '@/core/embedding/run-record';
import { SendLimit } from '@/core/embedding/send-limit';
import { SendQueue } from '@/core/embedding/send-queue';
import { prepareTexts, textSource } from '@/core/embedding/sent-texts';
import { seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import { createOpenAiCompatibleProvider } from '@/providers/openai-compatible/openai-compatible-provider';
import { createOriginMemory } from '@/providers/openai-compatible/origin-memory';
import { type ApiServer, startApiServer } from './server/api-server';
import { embedText } from './server/embed-text';
import { type FaultName, faultNames } from './server/faults';

const poison = 'poisonous';
const poisonRow = 77;
const blankRow = 5;
const mostAtOnce = 2;
const mixtures = process.env.LONG_RUNS ? 200 : 20;

/** 100 rows: a blank one, one with the poison word, and twenty that repeat others. */
const texts = Array.from({ length: 100 }, (_, row) => {
  if (row === blankRow) return ' ';
  const twin = row % 5 === 4 ? row - 4 : row;
  return `${row === poisonRow ? poison : 'sentence'} ${twin === blankRow ? 6 : twin} about the sea, ${'wave '.repeat(twin % 7)}`;
});
const column = packTexts(texts);
const sent = finishWork(prepareTexts(column, asWritten));
const everyRow = Uint32Array.from(texts.keys());

let server: ApiServer;
let elsewhere: ApiServer;

beforeAll(async () => {
  [server, elsewhere] = await Promise.all([startApiServer(), startApiServer()]);
});

afterAll(() => Promise.all([server.close(), elsewhere.close()]));

interface PlayOptions {
  readonly model?: string;
  readonly dimensions?: number | null;
  readonly timeoutMs?: number;
  /** Requests at once; what is usual where a plan is unknown, unless told. */
  readonly atOnce?: number;
  /** Called before each request with its number, from 1. */
  readonly beforeRequest?: (call: number, hasVectors: boolean) => void;
  /** Cancels at this pause. */
  readonly cancelAtPause?: number;
}

/** One run over real HTTP, whose pauses take no time. It can be gone on with, as a person would. */
function stage(options: PlayOptions) {
  const { model = 'local/ngram-64', dimensions = null, timeoutMs = 20_000 } = options;
  const baseUrl = `${server.url}/v1`;
  const spec: RunSpec = {
    provider: 'openai-compatible',
    baseUrl,
    model,
    dimensions,
    texts: asWritten,
    datasetId: 'd',
  };
  const provider = createOpenAiCompatibleProvider({
    preset: 'openai-compatible',
    baseUrl,
    readKey: () => 'secret-key',
    memory: createOriginMemory(),
    timeoutMs,
  });
  const limit = new SendLimit(options.atOnce ?? null);
  const random = seededRandom(7);
  const events: RunEvent[] = [];
  const pausesMs: number[] = [];
  const vectors = new Map<number, Float32Array>();
  /** Texts of requests the client had given up when, at the same moment, the answer may have been on its way. */
  const givenUp = new Set<string>();
  let record: RunRecord = createRunRecord(spec, 0, texts.length, 0);
  let calls = 0;
  let inFlight = 0;
  let mostInFlight = 0;

  async function go(): Promise<EmbedOutcome> {
    const cancel = new AbortController();
    const failed = new Set(record.failures.map(({ row }) => row));
    const session = await provider.openSession({ model, dimensions, corpus: column, signal: cancel.signal });
    const texts = textSource(column, sent);
    const rows = everyRow.filter((row) => !vectors.has(row) && !failed.has(row));
    try {
      return await embedDataset({
        texts,
        queue: finishWork(SendQueue.build(texts, rows)),
        width: record.width,
        batches: session.batches,
        limit,
        signal: cancel.signal,
        ports: {
          async embedBatch(batch, signal) {
            calls++;
            options.beforeRequest?.(calls, vectors.size > 0);
            mostInFlight = Math.max(mostInFlight, ++inFlight);
            try {
              return await session.embedBatch(batch, signal);
            } catch (error) {
              if (error instanceof ProviderError && error.kind === 'timeout') {
                for (const text of batch.texts) givenUp.add(text);
              }
              throw error;
            } finally {
              inFlight--;
            }
          },
          async saveBatch({ rows, width, values }) {
            rows.forEach((row, i) => {
              expect(vectors.has(row)).toBe(false);
              vectors.set(row, values.slice(i * width, (i + 1) * width));
            });
          },
          async sleep(durationMs) {
            pausesMs.push(durationMs);
            if (pausesMs.length === options.cancelAtPause) cancel.abort();
            await wait(2);
          },
          now: () => performance.now(),
          random,
          online: () => true,
          untilOnline: async () => {},
          untilOffline: () => new Promise(() => {}),
          report: (event) => {
            events.push(event);
            record = applyRunEvent(record, event);
          },
        },
      });
    } finally {
      session.close();
    }
  }

  return {
    go,
    events,
    pausesMs,
    vectors,
    givenUp,
    get record() {
      return record;
    },
    get mostInFlight() {
      return mostInFlight;
    },
    get calls() {
      return calls;
    },
  };
}

type Play = ReturnType<typeof stage>;

/** What holds under every fault. */
function expectPromises(play: Play, options: PlayOptions = {}): void {
  const { model = 'local/ngram-64', dimensions } = options;
  const failed = play.record.failures.map(({ row }) => row);
  const settled = [...play.vectors.keys(), ...failed];
  expect(new Set(settled).size).toBe(settled.length);
  for (const { reason } of play.record.failures) expect(reason).toMatch(/^\S.*[.”]$/s);
  for (const [row, vector] of play.vectors) {
    const whole = embedText(model, texts[row]!);
    expect(vector).toEqual(dimensions == null ? whole : whole.slice(0, dimensions));
  }
  const delivered = new Set<string>();
  for (const { texts: sent, status, carried } of server.log.requests) {
    expect(sent.filter((text) => delivered.has(text))).toEqual([]);
    if (status !== 200) continue;
    for (const text of carried) if (!play.givenUp.has(text)) delivered.add(text);
  }
  expect(play.mostInFlight).toBeLessThanOrEqual(mostAtOnce);
  expect(JSON.stringify(play.record)).not.toContain('secret-key');
}

async function prepare(
  names: readonly FaultName[],
  settings: Parameters<ApiServer['setFaults']>[1] = {},
): Promise<void> {
  // A request that the play before has given up may still be open at the server.
  await expect.poll(() => server.log.inFlight).toBe(0);
  server.log.clear();
  server.setFaults(names, {
    poison,
    delayMs: 5,
    mostTexts: undefined,
    mostBytes: undefined,
    firstRequests: undefined,
    redirectTo: `${elsewhere.url}/v1/embeddings`,
    ...settings,
  });
}

async function playFault(
  fault: FaultName,
  options: PlayOptions = {},
): Promise<{ play: Play; outcome: EmbedOutcome }> {
  await prepare([fault]);
  const play = stage(options);
  const outcome = await play.go();
  expectPromises(play, options);
  expect(server.log.maxInFlight).toBeLessThanOrEqual(
    fault === 'hang' || fault === 'huge-body' ? 4 : mostAtOnce,
  );
  return { play, outcome };
}

function failedRows(play: Play): number[] {
  return play.record.failures.map(({ row }) => row).sort((a, b) => a - b);
}

const embedsAll = async (fault: FaultName) => {
  const { play, outcome } = await playFault(fault);
  expect(outcome).toEqual({ status: 'done', problem: null });
  expect(failedRows(play)).toEqual([blankRow]);
  expect(play.vectors.size).toBe(99);
  return play;
};

const failsPoison = (reason: RegExp) => async (fault: FaultName) => {
  const { play, outcome } = await playFault(fault);
  expect(outcome.status).toBe('done');
  expect(failedRows(play)).toEqual([blankRow, poisonRow]);
  expect(play.record.failures.find(({ row }) => row === poisonRow)?.reason).toMatch(reason);
};

const stops =
  (code: string, options: PlayOptions = {}) =>
  async (fault: FaultName) => {
    const { play, outcome } = await playFault(fault, options);
    expect(outcome).toMatchObject({ status: 'stopped', problem: { code } });
    expect(outcome.problem?.advice).not.toBe('');
    expect(play.vectors.size).toBe(0);
    // Counted with one request at a time: with two, what the other lane has under way at the stop differs from run to run.
    const single = await playFault(fault, { ...options, atOnce: 1 });
    expect(single.outcome.status).toBe('stopped');
    expect(single.play.calls).toBeLessThan(150);
    return play;
  };

/** Where every batch is lost for one reason: its rows fail with it, or the run stops for it before that. */
const givesUp =
  (code: string, reason: RegExp, options: PlayOptions = {}) =>
  async (fault: FaultName) => {
    const { play, outcome } = await playFault(fault, options);
    expect(play.vectors.size).toBe(0);
    if (outcome.status === 'stopped') expect(outcome.problem?.code).toBe(code);
    else expect(play.record.failures).toHaveLength(texts.length);
    const lost = play.record.failures.filter(({ row }) => row !== blankRow);
    expect(lost.length).toBeGreaterThan(0);
    for (const failure of lost) expect(failure.reason).toMatch(reason);
  };

const stopsAtOnce = (code: string) => async (fault: FaultName) => {
  const play = await stops(code)(fault);
  expect(play.calls).toBeLessThanOrEqual(mostAtOnce);
  expect(failedRows(play)).toEqual([blankRow]);
};

const waits = (reason: string) => async (fault: FaultName) => {
  const { play, outcome } = await playFault(fault, { cancelAtPause: 12 });
  expect(outcome.status).toBe('cancelled');
  expect(failedRows(play)).toEqual([blankRow]);
  const waiting = play.events.filter((event) => event.type === 'waiting');
  expect(waiting).toHaveLength(12);
  expect(waiting.every((event) => event.reason === reason)).toBe(true);
};

const passes = (reason: string, shortestMs: number) => async (fault: FaultName) => {
  const play = await embedsAll(fault);
  expect(play.events.some((event) => event.type === 'waiting' && event.reason === reason)).toBe(true);
  expect(play.record.waiting).toBeNull();
  expect(Math.max(...play.pausesMs)).toBeGreaterThanOrEqual(shortestMs);
};

const cuts = (note: RegExp) => async (fault: FaultName) => {
  const options = { model: 'local/ngram-1024', dimensions: 128 };
  const { play } = await playFault(fault, options);
  expect(failedRows(play)).toEqual([blankRow]);
  expect(play.record.width).toBe(128);
  expect(play.record.notes.join()).toMatch(note);
};

/** What becomes of a run under each fault that stays; the type demands that none is forgotten. */
const expectations: Record<FaultName, (fault: FaultName) => Promise<unknown>> = {
  slow: embedsAll,
  unauthorized: stopsAtOnce('unauthorized'),
  gated: stopsAtOnce('forbidden'),
  'not-found': stopsAtOnce('not-found'),
  'no-credit': stopsAtOnce('forbidden'),
  'detail-text': stopsAtOnce('forbidden'),
  async redirect(fault) {
    await stopsAtOnce('unreachable')(fault);
    expect(elsewhere.log.requests).toHaveLength(0);
  },
  busy: waits('crowded'),
  cold: waits('warming'),
  'cold-start': passes('warming', 15_000),
  'busy-start': passes('crowded', 2000),
  'overloaded-start': passes('capacity', 500),
  overloaded: givesUp('busy', /no free capacity/),
  'server-error': stops('server'),
  html: stops('server'),
  'error-200': stops('server'),
  'status-code-body': stops('server'),
  'plain-error': stops('server'),
  'empty-error': stops('server'),
  dropped: givesUp('server', /broke off during the reply/),
  hang: givesUp('timeout', /did not answer within/, { timeoutMs: 60 }),
  'object-error': stops('rejected'),
  'html-200': stops('bad-reply'),
  'huge-body': stops('bad-reply'),
  'fail-once': embedsAll,
  poison: failsPoison(/failed inside.*Something went wrong with this batch/),
  'too-long': failsPoison(/too long.*maximum context length is 512 tokens/),
  'detail-list': failsPoison(/cannot be tokenised/),
  'nan-vector': failsPoison(/not numbers/),
  'null-vector': failsPoison(/not numbers/),
  'zero-vector': failsPoison(/zeros/),
  'changed-length': failsPoison(/length 63, the others have length 64/),
  async 'max-batch'(fault) {
    await embedsAll(fault);
    const sizes = server.log.requests.map(({ texts: sent }) => sent.length);
    expect(Math.max(...sizes.slice(-2))).toBeLessThanOrEqual(10);
    expect(sizes.filter((size) => size > 10).length).toBeLessThanOrEqual(9);
  },
  'max-bytes': embedsAll,
  async 'wrong-count'(fault) {
    const { play, outcome } = await playFault(fault);
    expect(outcome.status).toBe('done');
    expect(play.vectors.size).toBeGreaterThan(90);
    const others = play.record.failures.filter(({ row }) => row !== blankRow);
    expect(others.length).toBeGreaterThan(0);
    for (const { row } of others) {
      const sendings = server.log.requests.filter(({ texts: sent }) => sent.includes(texts[row]!));
      expect(sendings).toHaveLength(2);
    }
  },
  nested: embedsAll,
  reversed: embedsAll,
  'no-index': embedsAll,
  async 'base64-anyway'(fault) {
    await embedsAll(fault);
    expect(encodings()).toEqual(['base64', ...encodings().slice(1)]);
  },
  async 'float-anyway'(fault) {
    await embedsAll(fault);
    expect(encodings().filter((encoding) => encoding === 'base64')).toHaveLength(1);
  },
  async 'no-base64'(fault) {
    await embedsAll(fault);
    expect(encodings().filter((encoding) => encoding === 'base64')).toHaveLength(1);
  },
  async 'other-model'(fault) {
    expect((await embedsAll(fault)).record.repliedModel).toBe('local/ngram-64-other');
  },
  async 'no-usage'(fault) {
    expect((await embedsAll(fault)).record.tokens).toBeNull();
  },
  'dimensions-refused': cuts(/refused to shorten vectors to 128/),
  'dimensions-ignored': cuts(/length 1024; they were cut to 128 here/),
  async 'zero-padded'(fault) {
    await prepare([fault]);
    const play = stage({ model: 'local/ngram-1024', dimensions: 128 });
    expect((await play.go()).status).toBe('done');
    expect(failedRows(play)).toEqual([blankRow]);
    expect(play.record.notes.join()).toMatch(/end in zeros from position 6[0-5] on/);
  },
  'catalog-down': embedsAll,
};

function encodings(): unknown[] {
  return server.log.requests.map(({ body }) => (body as { encoding_format?: unknown }).encoding_format);
}

describe('a run under each fault', () => {
  it.each(faultNames)(
    '%s',
    async (name) => {
      await expectations[name](name);
    },
    20_000,
  );
});

it('sends each different text once where nothing is wrong, and in growing batches', async () => {
  await prepare([]);
  const play = stage({});
  expect((await play.go()).status).toBe('done');
  expectPromises(play);
  const sent = server.log.requests.flatMap((request) => request.texts);
  expect(sent).toHaveLength(new Set(texts).size - 1);
  expect(server.log.requests.length).toBeLessThanOrEqual(3);
  expect(encodings().at(-1)).toBe('base64');
});

describe('a run under faults that come and go', () => {
  const lasting: readonly FaultName[] = ['zero-padded', 'catalog-down'];
  const pool = faultNames.filter((name) => !lasting.includes(name));
  const seen = { stopped: 0, waited: 0, failed: 0, requests: 0 };

  it.each(Array.from({ length: mixtures }, (_, i) => i + 1))(
    'mixture %i',
    async (seed) => {
      const random = seededRandom(seed);
      const pick = () => pool[Math.floor(random() * pool.length)]!;
      const options: PlayOptions = {
        ...(seed % 2 === 0 ? { model: 'local/ngram-1024', dimensions: 128 } : {}),
        timeoutMs: 400,
        beforeRequest: (call, hasVectors) => {
          if (call % 3 !== 1) return;
          const names = call > 240 || random() < 0.2 ? [] : random() < 0.5 ? [pick()] : [pick(), pick()];
          // The first vector that comes says how long those of the run are.
          server.setFaults(names.filter((name) => hasVectors || name !== 'changed-length'));
        },
      };
      await prepare([], { mostTexts: 1 + Math.floor(random() * 20), firstRequests: 2 });
      const play = stage(options);
      let outcome = await play.go();
      for (let round = 0; outcome.status === 'stopped' && round < 400; round++) {
        seen.stopped++;
        expect(outcome.problem?.message).toMatch(/./);
        outcome = await play.go();
      }
      seen.waited += play.pausesMs.length;
      seen.failed += play.record.failures.length;
      seen.requests += play.calls;
      expect(outcome).toEqual({ status: 'done', problem: null });
      expect(play.vectors.size + play.record.failures.length).toBe(texts.length);
      expectPromises(play, options);
    },
    60_000,
  );

  it('have been real', () => {
    expect(seen.stopped).toBeGreaterThan(mixtures / 4);
    expect(seen.waited).toBeGreaterThan(mixtures);
    // One row of each is blank.
    expect(seen.failed).toBeGreaterThan(1.2 * mixtures);
    expect(seen.requests).toBeGreaterThan(10 * mixtures);
  });
});
