import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { type EmbedPorts, embedDataset } from './embed-dataset';
import { ProviderError, type ProviderErrorKind } from './provider-error';
import type { EmbeddingReply } from './read-embeddings';
import { asWritten, type RunSpec, type VectorBatch } from './run';
import { applyRunEvent, createRunRecord, type RunEvent } from './run-record';
import { SendLimit } from './send-limit';
import { SendQueue, type TextBatch } from './send-queue';
import { prepareTexts, textSource } from './sent-texts';

const spec: RunSpec = {
  provider: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:1/v1',
  model: 'm',
  dimensions: null,
  texts: asWritten,
  datasetId: 'd',
};

function sourceOf(cells: readonly string[]) {
  const texts = packTexts(cells);
  return textSource(texts, finishWork(prepareTexts(texts, asWritten)));
}

function vectorOf(text: string): number[] {
  return [text.length, (text.charCodeAt(0) || 0) + 1];
}

function replyTo(batch: TextBatch, more: Partial<EmbeddingReply> = {}): EmbeddingReply {
  return {
    width: 2,
    positions: Uint32Array.from(batch.texts, (_, position) => position),
    values: Float32Array.from(batch.texts.flatMap(vectorOf)),
    failures: [],
    tokens: batch.texts.length,
    model: 'm',
    notes: [],
    ...more,
  };
}

type Answer = (batch: TextBatch, call: number, signal: AbortSignal) => Promise<EmbeddingReply>;

interface Options {
  readonly rows?: number[];
  readonly maxTexts?: number;
  readonly maxInFlight?: number;
  readonly width?: number;
  readonly grows?: boolean;
  readonly limit?: SendLimit;
}

/** A run whose clock, pauses and server are made up; everything that happens is kept. */
function stage(texts: string[], answer: Answer, more: Partial<EmbedPorts> = {}) {
  const controller = new AbortController();
  const events: RunEvent[] = [];
  const calls: TextBatch[] = [];
  const saved: VectorBatch[] = [];
  const pausesMs: number[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  let timeMs = 0;
  const ports: EmbedPorts = {
    async embedBatch(batch, signal) {
      calls.push(batch);
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
      try {
        return await answer(batch, calls.length, signal);
      } finally {
        inFlight--;
      }
    },
    async saveBatch(batch) {
      saved.push(batch);
    },
    async sleep(durationMs) {
      pausesMs.push(durationMs);
      timeMs += durationMs;
    },
    now: () => timeMs++,
    random: () => 1,
    online: () => true,
    untilOnline: async () => {},
    untilOffline: () => new Promise(() => {}),
    report: (event) => events.push(event),
    ...more,
  };
  return {
    controller,
    events,
    calls,
    saved,
    pausesMs,
    get mostInFlight() {
      return mostInFlight;
    },
    start: (options: Options = {}) => {
      const size = { maxTexts: options.maxTexts ?? 2, maxBytes: 1e6 };
      return embedDataset({
        texts: sourceOf(texts),
        queue: finishWork(SendQueue.build(sourceOf(texts), Uint32Array.from(options.rows ?? texts.keys()))),
        width: options.width ?? null,
        batches: {
          start: size,
          most: options.grows ? { maxTexts: 512, maxBytes: 2e6 } : size,
          step: { maxTexts: 16, maxBytes: 250_000 },
        },
        limit: options.limit ?? new SendLimit(options.maxInFlight ?? 1),
        cost: 1,
        ports,
        signal: controller.signal,
      });
    },
    get record() {
      return events.reduce(applyRunEvent, createRunRecord(spec, 0, texts.length, 0));
    },
    get savedRows() {
      return saved.flatMap((batch) => [...batch.rows]);
    },
  };
}

const statuses: Record<ProviderErrorKind, number | null> = {
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  busy: 429,
  cold: 400,
  server: 500,
  rejected: 400,
  'bad-reply': 200,
  unreachable: null,
  timeout: null,
};

function fault(kind: ProviderErrorKind, retryAfterMs: number | null = null): ProviderError {
  return new ProviderError(kind, `It was ${kind}.`, statuses[kind], null, retryAfterMs);
}

const noCapacity = () => new ProviderError('busy', 'No capacity.', 503);

const six = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff'];

describe('embedDataset', () => {
  it('sends the rows given, in order, and hands on each vector with its row', async () => {
    const play = stage(six, async (batch) => replyTo(batch));
    expect(await play.start({ rows: [1, 3, 4] })).toEqual({ status: 'done', problem: null });
    expect(play.calls.map(({ texts }) => texts)).toEqual([['bb', 'dddd'], ['eeeee']]);
    expect(play.savedRows).toEqual([1, 3, 4]);
    expect([...(play.saved[1]?.values ?? [])]).toEqual(vectorOf('eeeee'));
    expect(play.record).toMatchObject({ status: 'done', doneCount: 3, tokens: 3, width: 2, failures: [] });
    expect(play.record.durationMs).toBeGreaterThan(0);
  });

  it('never sends a blank text', async () => {
    const play = stage(['a', ' \t', '', 'b'], async (batch) => replyTo(batch));
    await play.start();
    expect(play.calls.map(({ texts }) => texts)).toEqual([['a', 'b']]);
    expect(play.record.failures.map(({ row }) => row)).toEqual([1, 2]);
  });

  it('keeps what is usable of a reply and fails the rest of it', async () => {
    const play = stage(['a', 'b', 'c'], async (batch, call) =>
      replyTo(batch, {
        positions: call === 1 ? Uint32Array.of(2) : new Uint32Array(),
        values: call === 1 ? Float32Array.of(1, 2) : new Float32Array(),
        failures: call === 1 ? [{ position: 0, reason: 'Zeros.' }] : [],
      }),
    );
    await play.start({ maxTexts: 3 });
    expect(play.savedRows).toEqual([2]);
    expect(play.record.failures).toEqual([
      { row: 0, reason: 'Zeros.' },
      { row: 1, reason: 'The reply left this text out.' },
    ]);
  });

  it('fails a batch whose vectors have another length than the run', async () => {
    const play = stage(six, async (batch, call) =>
      call === 2
        ? replyTo(batch, { width: 1, values: new Float32Array(batch.texts.length).fill(1) })
        : replyTo(batch),
    );
    await play.start();
    expect(play.savedRows).toEqual([0, 1, 4, 5]);
    expect(play.record.failures.map(({ row }) => row)).toEqual([2, 3]);
    expect(play.record.failures[0]?.reason).toMatch(/length 1, the others of the run have length 2/);
    const resumed = stage(['a'], async (batch) => replyTo(batch));
    await resumed.start({ width: 3 });
    expect(resumed.saved).toHaveLength(0);
  });

  it('sends a text once for all rows that have it, and gives them its vector or its failure', async () => {
    const play = stage(['a', 'bb', 'a', 'ccc', 'bb', 'a'], async (batch) =>
      batch.texts.includes('bb') ? Promise.reject(fault('rejected')) : replyTo(batch),
    );
    expect((await play.start()).status).toBe('done');
    expect(play.calls.flatMap(({ texts }) => texts)).toEqual(['a', 'bb', 'a', 'bb', 'ccc']);
    expect(play.savedRows).toEqual([0, 2, 5, 3]);
    expect(play.record.failures.map(({ row }) => row)).toEqual([1, 4]);
    expect(play.record).toMatchObject({ status: 'done', doneCount: 4, tokens: 2 });
    expect([...(play.saved[0]?.values ?? [])]).toEqual([
      ...vectorOf('a'),
      ...vectorOf('a'),
      ...vectorOf('a'),
    ]);
  });

  it('asks again once, in a smaller batch, for what a reply leaves out', async () => {
    const play = stage(six, async (batch, call) =>
      call === 1
        ? replyTo(batch, {
            positions: Uint32Array.of(0, 2),
            values: Float32Array.from([batch.texts[0]!, batch.texts[2]!].flatMap(vectorOf)),
            failures: [{ position: 1, reason: 'None came.', isMissing: true }],
          })
        : replyTo(batch),
    );
    await play.start({ maxTexts: 4 });
    expect(play.calls.map(({ rows }) => rows)).toEqual([
      [0, 1, 2, 3],
      [1, 3],
      [4, 5],
    ]);
    expect(play.savedRows).toEqual([0, 2, 1, 3, 4, 5]);
    expect(play.record.failures).toEqual([]);
  });

  it('halves a batch that fails down to the text that is the reason, which is tried again twice', async () => {
    const play = stage(six, async (batch) => {
      if (batch.rows.includes(2)) throw fault('server');
      return replyTo(batch);
    });
    expect((await play.start({ maxTexts: 4, grows: true })).status).toBe('done');
    expect(play.pausesMs).toEqual([1000, 2000]);
    expect([...play.savedRows].sort()).toEqual([0, 1, 3, 4, 5]);
    expect(play.record.failures).toEqual([{ row: 2, reason: 'It was server.' }]);
    expect(play.calls.filter(({ rows }) => rows.length === 1 && rows[0] === 2)).toHaveLength(3);
    expect(play.events.filter(({ type }) => type === 'waiting')).toHaveLength(2);
  });

  it('fails a refused text at once, with the words of the server', async () => {
    const play = stage(six, async (batch) => {
      if (batch.rows.includes(4)) throw fault('rejected');
      return replyTo(batch);
    });
    await play.start({ maxTexts: 6 });
    expect(play.pausesMs).toEqual([]);
    expect(play.record.failures).toEqual([{ row: 4, reason: 'It was rejected.' }]);
    expect(play.record.doneCount).toBe(5);
  });

  it('waits as often as it takes for a full account and a cold model, and no longer than needed', async () => {
    const faults = [
      ...Array.from({ length: 30 }, () => fault('busy')),
      ...Array.from({ length: 10 }, () => fault('cold')),
    ];
    const play = stage(six, async (batch) => {
      const next = faults.shift();
      if (next !== undefined) throw next;
      return replyTo(batch);
    });
    expect((await play.start({ maxInFlight: 3 })).status).toBe('done');
    expect(play.record).toMatchObject({ doneCount: 6, failures: [], waiting: null });
    const reasons = play.events.flatMap((event) => (event.type === 'waiting' ? [event.reason] : []));
    expect([...new Set(reasons)]).toEqual(['crowded', 'warming']);
    expect(Math.max(...play.pausesMs)).toBe(60_000);
    expect(play.pausesMs.slice(0, 3)).toEqual([1000, 2000, 4000]);
  });

  it('shows what it waits for and until when', async () => {
    const play = stage(['a'], async (batch, call) => {
      if (call === 1) throw fault('cold');
      return replyTo(batch);
    });
    await play.start();
    const upTo = play.events.findIndex(({ type }) => type === 'waiting') + 1;
    const begun = createRunRecord(spec, 0, 1, 0);
    const waiting = play.events.slice(0, upTo).reduce(applyRunEvent, begun);
    expect(waiting.waiting).toMatchObject({ reason: 'warming', message: 'It was cold.' });
    expect(waiting.waiting?.untilMs).toBeGreaterThan(15_000);
    expect(play.events.slice(0, upTo + 1).reduce(applyRunEvent, begun).waiting).toBeNull();
  });

  it('obeys Retry-After, within reason', async () => {
    const faults = [fault('busy', 45_000), fault('busy', 1e9)];
    const play = stage(six, async (batch) => {
      const next = faults.shift();
      if (next !== undefined) throw next;
      return replyTo(batch);
    });
    await play.start();
    expect(play.pausesMs).toEqual([49_500, 330_000]);
  });

  it('gives a server without capacity three more tries', async () => {
    const play = stage(['a', 'b', 'c'], async (batch) => {
      if (batch.rows.includes(0)) throw noCapacity();
      return replyTo(batch);
    });
    await play.start();
    expect(play.pausesMs).toEqual([1000, 2000, 4000]);
    expect(play.record.failures.map(({ row }) => row)).toEqual([0, 1]);
    expect(play.savedRows).toEqual([2]);
  });

  it('waits for the network without failing anything', async () => {
    let isOnline = true;
    let waits = 0;
    const play = stage(
      six,
      async (batch, call) => {
        if (call === 2) isOnline = false;
        if (!isOnline) throw fault('unreachable');
        return replyTo(batch);
      },
      {
        online: () => isOnline,
        untilOnline: async () => {
          waits++;
          isOnline = true;
        },
      },
    );
    expect((await play.start()).status).toBe('done');
    expect(waits).toBe(1);
    expect(play.pausesMs).toEqual([]);
    expect(play.record).toMatchObject({ doneCount: 6, failures: [] });
    expect(play.events.filter(({ type }) => type === 'waiting')).toMatchObject([
      { reason: 'offline', untilMs: null },
    ]);
  });

  it('says that the network is lost while requests hang, sends nothing meanwhile and keeps what still comes', async () => {
    let lose = () => {};
    let regain = () => {};
    let answer = () => {};
    let losses = 0;
    const play = stage(
      six,
      async (batch, call) => {
        if (call === 1) {
          lose();
          await new Promise<void>((resolve) => {
            answer = resolve;
          });
        }
        return replyTo(batch);
      },
      {
        untilOffline: () =>
          new Promise<void>((resolve) => {
            if (++losses === 1) lose = resolve;
          }),
        untilOnline: () =>
          new Promise<void>((resolve) => {
            regain = resolve;
          }),
      },
    );
    const ended = play.start();
    await expect.poll(() => play.record.waiting?.reason).toBe('offline');
    expect(play.calls).toHaveLength(1);
    answer();
    await expect.poll(() => play.record.doneCount).toBe(2);
    expect(play.calls).toHaveLength(1);
    expect(play.record.waiting?.reason).toBe('offline');
    regain();
    expect((await ended).status).toBe('done');
    expect(losses).toBe(2);
    expect(play.calls.flatMap(({ rows }) => rows)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('can be cancelled while it is offline', async () => {
    const play = stage(six, async () => Promise.reject(fault('unreachable')), {
      online: () => false,
      untilOnline: () => {
        play.controller.abort();
        return new Promise(() => {});
      },
    });
    expect(await play.start()).toEqual({ status: 'cancelled', problem: null });
    expect(play.record.failures).toEqual([]);
  });

  it('tries a request that timed out again in halves, twice', async () => {
    const play = stage(['a', 'b', 'c', 'd', 'e'], async (batch) => {
      if (batch.rows.includes(0)) throw fault('timeout');
      return replyTo(batch);
    });
    await play.start({ maxTexts: 4 });
    expect(play.calls.filter(({ rows }) => rows.includes(0)).map(({ rows }) => rows.length)).toEqual([
      4, 2, 1,
    ]);
    expect(play.record.failures.map(({ row }) => row)).toEqual([0]);
  });

  it('stops where each text alone fails and no vector ever comes', async () => {
    const texts = Array.from({ length: 300 }, (_, row) => `text ${row}`);
    const play = stage(texts, async () => Promise.reject(fault('server')));
    expect(await play.start({ maxTexts: 32, maxInFlight: 2 })).toMatchObject({
      status: 'stopped',
      problem: { code: 'server' },
    });
    expect(play.calls.length).toBeLessThan(200);
    expect(play.record.failures.length).toBeLessThan(64);
  });

  it('grows its batches, and shares the limit of the origin with other runs', async () => {
    const texts = Array.from({ length: 500 }, (_, row) => `text ${row}`);
    const limit = new SendLimit(3);
    let most = 0;
    const plays = [1, 2].map(() =>
      stage(texts, async (batch) => {
        most = Math.max(most, limit.inFlight);
        for (let i = 0; i < 5; i++) await Promise.resolve();
        return replyTo(batch);
      }),
    );
    await Promise.all(plays.map((play) => play.start({ maxTexts: 32, grows: true, limit })));
    expect(most).toBe(3);
    expect(limit.inFlight).toBe(0);
    for (const play of plays) {
      expect(play.record.doneCount).toBe(500);
      expect(Math.max(...play.calls.map(({ rows }) => rows.length))).toBeGreaterThan(90);
    }
  });

  it('asks once more, in halves, for a batch whose reply cannot be used', async () => {
    const play = stage(six, async (batch) => {
      if (batch.rows.includes(0)) throw fault('bad-reply');
      return replyTo(batch);
    });
    expect((await play.start({ maxTexts: 4 })).status).toBe('done');
    expect(play.calls.map(({ rows }) => rows)).toEqual([
      [0, 1, 2, 3],
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(play.record.failures.map(({ row }) => row)).toEqual([0, 1]);
  });

  it.each<ProviderErrorKind>(['unauthorized', 'forbidden', 'not-found'])(
    'stops the run when it is %s, keeping what was delivered and what is under way',
    async (kind) => {
      let deliver = () => {};
      const late = new Promise<void>((resolve) => {
        deliver = resolve;
      });
      const play = stage(six, async (batch, call) => {
        if (call === 1) return replyTo(batch);
        if (call === 2) {
          await late;
          return replyTo(batch);
        }
        queueMicrotask(deliver);
        throw fault(kind);
      });
      const outcome = await play.start({ maxTexts: 1, maxInFlight: 2 });
      expect(outcome).toMatchObject({
        status: 'stopped',
        problem: { code: kind, message: `It was ${kind}.` },
      });
      expect(outcome.problem?.advice).not.toBe('');
      expect(play.calls).toHaveLength(3);
      expect(play.savedRows).toEqual([0, 1]);
      expect(play.record).toMatchObject({ status: 'stopped', doneCount: 2, failures: [] });
    },
  );

  it('stops at once when the very first request reaches nobody', async () => {
    const play = stage(six, async () => Promise.reject(fault('unreachable')));
    const outcome = await play.start({ maxInFlight: 2 });
    expect(outcome).toMatchObject({ status: 'stopped', problem: { code: 'unreachable' } });
    expect(outcome.problem?.advice).toMatch(/base URL.*CORS.*blocker/);
    expect(play.pausesMs).toEqual([]);
    expect(play.record.failures).toEqual([]);
  });

  it('later fails rows that reach nobody, and stops after three such batches in a row', async () => {
    const down = stage(six, async (batch, call) => {
      if (call > 1) throw fault('unreachable');
      return replyTo(batch);
    });
    expect((await down.start({ maxTexts: 1 })).status).toBe('stopped');
    expect(down.record.failures.map(({ row }) => row)).toEqual([1, 2]);
    expect(down.calls.length).toBeLessThanOrEqual(1 + 4 * 3);
    const shaky = stage(six, async (batch) => {
      if ([1, 2, 4, 5].includes(batch.rows[0] ?? -1)) throw fault('unreachable');
      return replyTo(batch);
    });
    expect((await shaky.start({ maxTexts: 1 })).status).toBe('done');
    expect(shaky.savedRows).toEqual([0, 3]);
  });

  it('fails the rows of a batch on an error of unknown kind', async () => {
    const play = stage(six, async (batch, call) => {
      if (call === 2) throw new RangeError('oops');
      return replyTo(batch);
    });
    await play.start();
    expect(play.record.failures[0]).toEqual({ row: 2, reason: 'This text could not be embedded: oops' });
  });

  it('on cancel leaves at once, even where the port ignores the signal, and keeps what was saved', async () => {
    const never = new Promise<EmbeddingReply>(() => {});
    const signals: AbortSignal[] = [];
    const play = stage(six, async (batch, call, signal) => {
      signals.push(signal);
      if (call === 1) return replyTo(batch);
      setTimeout(() => play.controller.abort());
      return never;
    });
    expect(await play.start()).toEqual({ status: 'cancelled', problem: null });
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(play.savedRows).toEqual([0, 1]);
    expect(play.record).toMatchObject({ status: 'cancelled', doneCount: 2, failures: [] });
  });

  it('cancels a pause, too', async () => {
    const play = stage(six, async () => Promise.reject(fault('busy')), {
      sleep: () => {
        play.controller.abort();
        return new Promise(() => {});
      },
    });
    expect((await play.start()).status).toBe('cancelled');
  });

  it('sends nothing when it is cancelled before it begins', async () => {
    const play = stage(six, async (batch) => replyTo(batch));
    play.controller.abort();
    expect((await play.start()).status).toBe('cancelled');
    expect(play.calls).toHaveLength(0);
  });

  it('is done, not cancelled, when the cancel comes after the last vector', async () => {
    const play = stage(['a'], async (batch) => replyTo(batch), {
      saveBatch: async () => play.controller.abort(),
    });
    expect((await play.start()).status).toBe('done');
  });

  it('goes on in memory when storage fails, and says so once', async () => {
    const play = stage(six, async (batch) => replyTo(batch), {
      saveBatch: async () => Promise.reject(new Error('Quota exceeded')),
    });
    expect((await play.start()).status).toBe('done');
    expect(play.record.doneCount).toBe(6);
    expect(play.record.notes).toEqual([expect.stringMatching(/\(Quota exceeded\).*memory only/)]);
  });
});

describe('embedDataset under random faults', () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.constant('ok' as const) },
    { weight: 1, arbitrary: fc.constant('partly' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom<ProviderErrorKind>(
        'busy',
        'cold',
        'server',
        'timeout',
        'unreachable',
        'rejected',
        'bad-reply',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<ProviderErrorKind>('unauthorized', 'forbidden', 'not-found'),
    },
  );
  const schedules = fc.record({
    count: fc.integer({ min: 0, max: 40 }),
    blankEvery: fc.integer({ min: 3, max: 50 }),
    maxTexts: fc.integer({ min: 1, max: 6 }),
    maxInFlight: fc.integer({ min: 1, max: 4 }),
    acts: fc.array(fc.record({ act, turns: fc.integer({ min: 0, max: 12 }) }), {
      minLength: 60,
      maxLength: 60,
    }),
    cancelAtCall: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
    failingSaves: fc.boolean(),
  });

  it('ends each row delivered once, failed, or pending after a cancel or a stop', async () => {
    const seen = { done: 0, cancelled: 0, stopped: 0 };
    await fc.assert(
      fc.asyncProperty(schedules, async (plan) => {
        const texts = Array.from({ length: plan.count }, (_, row) =>
          row % plan.blankEvery === 2 ? ' ' : `text ${row} ${'x'.repeat(row)}`,
        );
        const kept: VectorBatch[] = [];
        const deliveredRows = new Set<number>();
        const sentAgain: number[] = [];
        const play = stage(
          texts,
          async (batch, call) => {
            // A schedule of nothing but waiting would never end.
            const { act: what, turns } = call > 1500 ? { act: 'ok', turns: 0 } : plan.acts[call % 60]!;
            sentAgain.push(...batch.rows.filter((row) => deliveredRows.has(row)));
            if (plan.cancelAtCall === call) play.controller.abort();
            for (let i = 0; i < turns; i++) await Promise.resolve();
            if (what === 'ok') {
              for (const row of batch.rows) deliveredRows.add(row);
              return replyTo(batch);
            }
            if (what !== 'partly') throw fault(what as ProviderErrorKind);
            deliveredRows.add(batch.rows[0]!);
            return replyTo(batch, {
              positions: Uint32Array.of(0),
              values: Float32Array.from(vectorOf(batch.texts[0]!)),
            });
          },
          {
            async saveBatch(batch) {
              kept.push(batch);
              if (plan.failingSaves) throw new Error('full');
            },
          },
        );
        const outcome = await play.start(plan);
        seen[outcome.status]++;
        const delivered = kept.flatMap((batch) => [...batch.rows]);
        const failed = play.record.failures.map(({ row }) => row);
        const settled = [...delivered, ...failed];
        expect(new Set(settled).size).toBe(settled.length);
        const isWhole = settled.length === texts.length;
        expect(outcome.status === 'done').toBe(isWhole && outcome.problem === null);
        if (outcome.status === 'cancelled') expect(plan.cancelAtCall).not.toBeNull();
        expect(outcome.problem !== null).toBe(outcome.status === 'stopped');
        expect(play.mostInFlight).toBeLessThanOrEqual(plan.maxInFlight);
        for (const batch of kept) {
          batch.rows.forEach((row, i) => {
            expect([...batch.values.subarray(2 * i, 2 * i + 2)]).toEqual(vectorOf(texts[row]!));
          });
        }
        for (const row of play.calls.flatMap((call) => call.rows)) expect(texts[row]?.trim()).not.toBe('');
        expect(sentAgain).toEqual([]);
        expect(play.record).toMatchObject({ status: outcome.status, doneCount: delivered.length });
        expect(play.events.at(-1)).toMatchObject({ type: 'ended', ...outcome });
      }),
      { seed: 20261122, numRuns: 500 },
    );
    expect(Math.min(seen.done, seen.cancelled, seen.stopped)).toBeGreaterThan(20);
  });

  it('sends again only what failed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), async (isBad) => {
        const texts = isBad.map((_, row) => `text ${row}`);
        const first = stage(texts, async (batch) => {
          if (isBad[batch.rows[0]!]) throw fault('rejected');
          return replyTo(batch);
        });
        await first.start({ maxTexts: 1, maxInFlight: 3 });
        const rows = first.record.failures.map(({ row }) => row);
        const second = stage(texts, async (batch) => replyTo(batch));
        await second.start({ rows, maxTexts: 4 });
        const bad = isBad.flatMap((flag, row) => (flag ? [row] : []));
        expect(second.calls.flatMap((call) => call.rows).sort((a, b) => a - b)).toEqual(bad);
        const record = second.events.reduce(applyRunEvent, first.record);
        expect(record).toMatchObject({ status: 'done', doneCount: texts.length, failures: [] });
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
