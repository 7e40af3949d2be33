import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PassEnd, requestsAtOnce, SendLimit, type SendPass } from './send-limit';

const seed = 20261122;
const { signal } = new AbortController();

/** Lets every promise that is settled be heard. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

describe('SendLimit', () => {
  it('lets two requests go where nothing is known, and as many as plan and cost allow where they are', async () => {
    const countFor = async (units: number | null, cost: number | null) => {
      const limit = new SendLimit(units);
      const lane = limit.openLane(cost);
      for (let i = 0; i < 40; i++) void lane.acquire(signal);
      await settle();
      return limit.inFlight;
    };
    expect(await countFor(null, null)).toBe(2);
    expect(await countFor(null, 4)).toBe(2);
    expect(await countFor(8, null)).toBe(2);
    expect(await countFor(4, 1)).toBe(4);
    expect(await countFor(4, 2)).toBe(2);
    expect(await countFor(4, 4)).toBe(1);
    expect(await countFor(2, 4)).toBe(1);
    expect(await countFor(100, 1)).toBe(16);
  });

  it('takes a plan in later', async () => {
    const limit = new SendLimit();
    const lane = limit.openLane(1);
    for (let i = 0; i < 9; i++) void lane.acquire(signal);
    limit.setUnits(4);
    await settle();
    expect(limit.inFlight).toBe(4);
  });

  it('halves once for requests turned away together, never below one, and comes back step by step', async () => {
    const limit = new SendLimit(8);
    const lane = limit.openLane(1);
    const passes = await Promise.all(Array.from({ length: 8 }, () => lane.acquire(signal)));
    for (const pass of passes) pass.release('crowded');
    expect(limit.allowed).toBe(4);
    for (let i = 0; i < 9; i++) (await lane.acquire(signal)).release('crowded');
    expect(limit.allowed).toBe(1);
    const seen: number[] = [];
    for (let i = 0; i < 60; i++) {
      (await lane.acquire(signal)).release('served');
      seen.push(limit.allowed);
    }
    expect(seen.every((allowed, i) => allowed <= (seen[i - 1] ?? 1) + 1)).toBe(true);
    expect(limit.allowed).toBe(8);
  });

  it('sends a waiter away when its run is cancelled or its lane closed, and lets the next one go', async () => {
    const limit = new SendLimit(1);
    const [a, b, c] = [limit.openLane(1), limit.openLane(1), limit.openLane(1)];
    const first = await a.acquire(signal);
    const controller = new AbortController();
    const cancelled = b.acquire(controller.signal);
    const closed = b.acquire(signal);
    const last = c.acquire(signal);
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    b.close();
    await expect(closed).rejects.toMatchObject({ name: 'AbortError' });
    await expect(b.acquire(signal)).rejects.toMatchObject({ name: 'AbortError' });
    first.release('neither');
    first.release('neither');
    (await last).release('served');
    expect(limit.inFlight).toBe(0);
  });

  const acts = fc.array(
    fc.record({
      act: fc.constantFrom('ask', 'ask', 'ask', 'end', 'end', 'cancel', 'plan'),
      lane: fc.nat(3),
      pick: fc.nat(30),
      end: fc.constantFrom<PassEnd>('served', 'served', 'crowded', 'neither'),
    }),
    { maxLength: 80 },
  );

  it('never lets more go than allowed, never idles while someone waits, and loses no unit', async () => {
    const costs = fc.array(fc.option(fc.constantFrom(1, 2, 4), { nil: null }), {
      minLength: 4,
      maxLength: 4,
    });
    const units = fc.option(fc.integer({ min: 1, max: 12 }), { nil: null });
    await fc.assert(
      fc.asyncProperty(units, costs, acts, async (plan, laneCosts, steps) => {
        const limit = new SendLimit(plan);
        const lanes = laneCosts.map((cost) => limit.openLane(cost));
        const costOf = (lane: number) => (plan === null ? 1 : Math.max(1, laneCosts[lane] ?? plan / 2));
        const held: { pass: SendPass; lane: number }[] = [];
        const waiting = new Set<AbortController>();
        for (const { act, lane, pick, end } of steps) {
          if (act === 'ask') {
            const controller = new AbortController();
            waiting.add(controller);
            lanes[lane]!.acquire(controller.signal).then(
              (pass) => {
                waiting.delete(controller);
                held.push({ pass, lane });
                const used = held.reduce((sum, one) => sum + costOf(one.lane), 0);
                expect(held.length === 1 || used <= Math.max(1, plan ?? 2) + 1e-9).toBe(true);
              },
              () => waiting.delete(controller),
            );
          }
          if (act === 'end' && held.length > 0) held.splice(pick % held.length, 1)[0]!.pass.release(end);
          if (act === 'cancel') [...waiting][pick % Math.max(1, waiting.size)]?.abort();
          if (act === 'plan') limit.setUnits(plan);
          await settle();
          expect(limit.inFlight).toBe(held.length);
          expect(limit.allowed).toBeGreaterThanOrEqual(1);
          if (waiting.size > 0) expect(held.length).toBeGreaterThan(0);
        }
        for (let round = 0; waiting.size > 0 && round < 100; round++) {
          for (const { pass } of held.splice(0)) pass.release('served');
          await settle();
        }
        for (const { pass } of held.splice(0)) pass.release('served');
        expect([waiting.size, limit.inFlight]).toEqual([0, 0]);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('is fair: runs that all have work get equal shares', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        async (runs, units) => {
          const limit = new SendLimit(units);
          const served = new Array<number>(runs).fill(0);
          const held: SendPass[] = [];
          const ask = (run: number, lane: ReturnType<SendLimit['openLane']>) => {
            void lane.acquire(signal).then((pass) => {
              served[run]!++;
              held.push(pass);
              ask(run, lane);
            });
          };
          for (let run = 0; run < runs; run++) ask(run, limit.openLane(1));
          for (let i = 0; i < 40 * runs; i++) {
            await settle();
            held.shift()?.release('served');
          }
          expect(Math.max(...served) - Math.min(...served)).toBeLessThanOrEqual(2);
        },
      ),
      { seed, numRuns: 20 },
    );
  });
});

it.each([
  [null, null],
  [null, 4],
  [1, null],
  [4, null],
  [4, 1],
  [4, 2],
  [4, 3],
  [2, 4],
  [100, 1],
])('with %s units and a cost of %s as many requests go at once as is said', async (units, cost) => {
  const limit = new SendLimit(units);
  const lane = limit.openLane(cost);
  for (let i = 0; i < 20; i++) lane.acquire(signal).catch(() => {});
  await settle();
  expect(limit.inFlight).toBe(requestsAtOnce(units, cost));
  lane.close();
});
