import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import type { TextBatch } from './cut-batches';
import { type EmbedPorts, embedDataset } from './embed-dataset';
import { ProviderError, type ProviderErrorKind } from './provider-error';
import type { EmbeddingReply } from './read-embeddings';
import type { RunSpec, VectorBatch } from './run';
import { applyRunEvent, createRunRecord, type RunEvent } from './run-record';

const spec: RunSpec = {
  provider: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:1/v1',
  model: 'm',
  dimensions: null,
  datasetId: 'd',
};

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
    start: (options: { rows?: number[]; maxTexts?: number; maxInFlight?: number; width?: number } = {}) =>
      embedDataset({
        texts: packTexts(texts),
        rows: Uint32Array.from(options.rows ?? texts.keys()),
        width: options.width ?? null,
        session: { maxTexts: options.maxTexts ?? 2, maxBytes: 1e6, maxInFlight: options.maxInFlight ?? 1 },
        ports,
        signal: controller.signal,
      }),
    get record() {
      return events.reduce(applyRunEvent, createRunRecord(spec, 0, texts.length, 0));
    },
    get savedRows() {
      return saved.flatMap((batch) => [...batch.rows]);
    },
  };
}

function fault(kind: ProviderErrorKind, retryAfterMs: number | null = null): ProviderError {
  const status = kind === 'unreachable' || kind === 'timeout' ? null : 500;
  return new ProviderError(kind, `It was ${kind}.`, status, null, retryAfterMs);
}

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
    const play = stage(['a', 'b', 'c'], async (batch) =>
      replyTo(batch, {
        positions: Uint32Array.of(2),
        values: Float32Array.of(1, 2),
        failures: [{ position: 0, reason: 'Zeros.' }],
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

  it('tries passing trouble again twice, waiting longer, then fails the rows and goes on', async () => {
    const play = stage(six, async (batch) => {
      if (batch.rows.includes(2)) throw fault('server');
      return replyTo(batch);
    });
    expect((await play.start()).status).toBe('done');
    expect(play.calls).toHaveLength(5);
    expect(play.pausesMs).toEqual([1000, 2000]);
    expect(play.savedRows).toEqual([0, 1, 4, 5]);
    expect(play.record.failures).toEqual([2, 3].map((row) => ({ row, reason: 'It was server.' })));
    expect(play.events.filter(({ type }) => type === 'waiting')).toHaveLength(2);
  });

  it('obeys Retry-After, within reason, and waits longer for a cold model', async () => {
    const faults = [fault('busy', 45_000), fault('busy', 1e9), fault('cold')];
    const play = stage(six, async (batch) => {
      const next = faults.shift();
      if (next !== undefined) throw next;
      return replyTo(batch);
    });
    await play.start();
    expect(play.pausesMs.slice(0, 2)).toEqual([45_000, 300_000]);
    const cold = stage(['a'], async () => Promise.reject(fault('cold')));
    await cold.start();
    expect(cold.pausesMs).toEqual([15_000, 30_000]);
  });

  it.each<ProviderErrorKind>(['rejected', 'bad-reply'])('does not repeat what was %s', async (kind) => {
    const play = stage(six, async (batch, call) => {
      if (call === 1) throw fault(kind);
      return replyTo(batch);
    });
    expect((await play.start()).status).toBe('done');
    expect(play.calls).toHaveLength(3);
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
    expect(down.calls).toHaveLength(1 + 3 * 3);
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
        const failedCalls: TextBatch[] = [];
        const play = stage(
          texts,
          async (batch, call) => {
            const { act: what, turns } = plan.acts[call % 60]!;
            if (plan.cancelAtCall === call) play.controller.abort();
            for (let i = 0; i < turns; i++) await Promise.resolve();
            if (what === 'ok') return replyTo(batch);
            if (what !== 'partly') {
              failedCalls.push(batch);
              throw fault(what);
            }
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
        const sendings = new Map<number, number>();
        for (const row of play.calls.flatMap((call) => call.rows)) {
          sendings.set(row, (sendings.get(row) ?? 0) + 1);
        }
        const failures = failedCalls.flatMap((call) => call.rows);
        for (const [row, times] of sendings) {
          expect(texts[row]?.trim()).not.toBe('');
          const failedTimes = failures.filter((other) => other === row).length;
          expect(times).toBeLessThanOrEqual(Math.min(3, failedTimes + 1));
        }
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
