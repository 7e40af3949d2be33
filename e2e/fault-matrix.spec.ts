import { test as base, expect } from '@playwright/test';
import { seededRandom } from '../src/core/random';
import { type DeskRun, FaultDesk, type RunWish } from './fault-desk';
import { embedText } from './server/embed-text';
import { type FaultName, faultNames } from './server/faults';

const poison = 'poisonous';
const mostAtOnce = 2;
const mixtures = process.env.LONG_RUNS ? 200 : 20;

/** 60 texts: one with the poison word, and twelve that repeat others. */
const texts = Array.from({ length: 60 }, (_, row) => {
  const twin = row % 5 === 4 ? row - 4 : row;
  return `${row === 47 ? poison : 'sentence'} ${twin} about the sea, ${'wave '.repeat(twin % 7)}shore`;
});

/** One page for all the runs of a worker: no run can know anything of the server of another. */
const test = base.extend<object, { desk: FaultDesk }>({
  desk: [
    async ({ browser }, use, { project }) => {
      // A small picture is drawn fast.
      const viewport = { width: 1200, height: 640 };
      const page = await browser.newPage({ baseURL: project.use.baseURL, viewport });
      const desk = await FaultDesk.open(page, texts, poison);
      await use(desk);
      await page.close();
      await desk.close();
    },
    { scope: 'worker' },
  ],
});

interface Asked {
  readonly model: string;
  readonly dimensions: number | null;
}

const whole: Asked = { model: 'local/ngram-64', dimensions: null };
const cut: Asked = { model: 'local/ngram-1024', dimensions: 128 };

/** What the server would have sent for a text if nothing had been wrong. */
function expectedVector({ model, dimensions }: Asked, text: string): Float32Array {
  const vector = embedText(model, text);
  return dimensions === null ? vector : vector.slice(0, dimensions);
}

/** Rows whose vector is missing or not the right one. */
async function wrongRows(run: DeskRun, asked: Asked): Promise<number[]> {
  const vectors = await run.vectors();
  return [...texts.keys()].filter((row) => {
    const expected = expectedVector(asked, texts[row]!);
    const vector = vectors[row]!;
    const isSame = (value: number, i: number) =>
      Math.abs(value - vector[i]!) <= 1e-6 * Math.max(Math.abs(value), 0.1);
    return vector.length !== expected.length || !expected.every(isSame);
  });
}

async function expectReasons(run: DeskRun): Promise<void> {
  for (const { reason } of await run.failures()) expect(reason).toMatch(/^\S.*[.”]$/s);
}

/** What is promised under every fault, once the run has ended for good; then it is removed. */
async function leave(desk: FaultDesk, run: DeskRun, mayHang: boolean): Promise<void> {
  await expect.poll(() => run.server.log.inFlight).toBe(0);
  expect(run.paidTwice()).toEqual([]);
  // A request the page has given up may stay open on the server for a moment.
  expect(run.server.log.maxInFlight).toBeLessThanOrEqual(mayHang ? 2 * mostAtOnce : mostAtOnce);
  await desk.expectQuiet();
  await run.remove();
}

/** Goes on as a person would once the server is well again, until every text is embedded. */
async function recover(desk: FaultDesk, run: DeskRun, asked: Asked): Promise<void> {
  desk.setFaults(run.server, []);
  let state = await run.state();
  if (state === 'stopped' || state === 'needs key') {
    await run.press('Resume');
    state = await run.goOn();
  }
  if (/failed$/.test(state)) {
    await run.press('Retry failed');
    state = await run.goOn();
  }
  expect(state).toBe('done');
  expect(await run.words()).toContain('60 of 60');
  expect(await wrongRows(run, asked)).toEqual([]);
}

interface Play {
  readonly desk: FaultDesk;
  readonly fault: FaultName;
  readonly run: DeskRun;
}
type Expectation = ((play: Play) => Promise<void>) & { readonly asked?: Asked };

const isDone = async ({ run }: Play) => {
  expect(await run.goOn()).toBe('done');
  expect(await run.failures()).toEqual([]);
};

const failsPoison =
  (reason: RegExp): Expectation =>
  async ({ run }) => {
    expect(await run.goOn()).toBe('1 failed');
    expect(await run.failures()).toEqual([{ count: 1, reason: expect.stringMatching(reason) }]);
    expect(await run.words()).toContain('59 of 60');
  };

const advice = {
  key: /Enter the key again/,
  account: /Look at the page of the model or at your account/,
  model: /Check the model id/,
  later: /Try again later/,
  request: /Change what the message names/,
  address: /Check that the base URL is that of an OpenAI-compatible API/,
  reach: /Check the base URL, that the server is running/,
};

/** The panel says what happened, that nothing is lost, and what to do. */
async function expectStopped({ run }: Play, message: RegExp, what: keyof typeof advice): Promise<void> {
  const alert = run.item.getByRole('alert');
  await expect(alert).toContainText(message);
  await expect(alert).toContainText('No vector had come, so nothing is lost.');
  await expect(alert).toContainText(advice[what]);
  expect(run.server.log.ofRoute('POST', '/v1/embeddings').length).toBeLessThan(200);
}

const stops =
  (message: RegExp, what: keyof typeof advice): Expectation =>
  async (play) => {
    expect(await play.run.goOn()).toBe('stopped');
    await expectReasons(play.run);
    await expectStopped(play, message, what);
  };

const stopsAtOnce =
  (message: RegExp, what: keyof typeof advice, state = 'stopped'): Expectation =>
  async (play) => {
    expect(await play.run.goOn()).toBe(state);
    await expectStopped(play, message, what);
    expect(await play.run.failures()).toEqual([]);
    const { log } = play.run.server;
    expect(log.ofRoute('POST', '/v1/embeddings').length).toBeLessThanOrEqual(mostAtOnce);
  };

/** Where every batch is lost for one reason: its texts fail with it, or the run stops for it before that. */
const givesUp =
  (reason: RegExp, what: keyof typeof advice): Expectation =>
  async (play) => {
    const state = await play.run.goOn();
    if (state === 'stopped') await expectStopped(play, reason, what);
    else expect(state).toBe('60 failed');
    const failures = await play.run.failures();
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure.reason).toMatch(reason);
  };

/** Nothing fails however often the server turns the texts away; once it takes them, the run goes on by itself. */
const waits =
  (words: RegExp): Expectation =>
  async ({ desk, run }) => {
    const { log } = run.server;
    const asked = () => log.ofRoute('POST', '/v1/embeddings').length;
    expect(await run.goOn(() => asked() >= 10)).toBe('running 0 %');
    expect(await run.words()).toMatch(words);
    expect(await run.failures()).toEqual([]);
    desk.setFaults(run.server, []);
    expect(await run.goOn()).toBe('done');
    expect(await run.failures()).toEqual([]);
  };

const passes =
  (words: RegExp): Expectation =>
  async (play) => {
    await isDone(play);
    expect([...play.run.seen].filter((line) => words.test(line))).not.toEqual([]);
    expect(await play.run.words()).not.toMatch(words);
  };

const cuts = (note: RegExp): Expectation =>
  Object.assign(
    async (play: Play) => {
      await isDone(play);
      expect(await play.run.words()).toContain('128 numbers');
      expect(await play.run.words()).toMatch(note);
    },
    { asked: cut },
  );

const failsServer = stops(/failed inside|could not be reached by its own gateway|failed while/, 'later');

/** What a person sees of a run under each fault that stays; the type demands that none is forgotten. */
const expectations: Record<FaultName, Expectation> = {
  slow: isDone,
  unauthorized: stopsAtOnce(/did not accept the key/, 'key', 'needs key'),
  gated: stopsAtOnce(/local\/ngram-64 is gated: its licence must be accepted/, 'account'),
  'not-found': stopsAtOnce(/does not know the model local\/ngram-64/, 'model'),
  'no-credit': stopsAtOnce(/no credit left/, 'account'),
  'detail-text': stopsAtOnce(/plan of this account does not include/, 'account'),
  redirect: stopsAtOnce(/could not be reached/, 'reach'),
  busy: waits(/waiting for a free place on the account/),
  cold: waits(/the model is warming up/),
  'cold-start': passes(/the model is warming up/),
  'busy-start': passes(/waiting for a free place on the account/),
  'overloaded-start': passes(/waiting for capacity of the server/),
  overloaded: givesUp(/no free capacity/, 'later'),
  'server-error': failsServer,
  html: failsServer,
  'error-200': failsServer,
  'status-code-body': failsServer,
  'plain-error': failsServer,
  'empty-error': failsServer,
  dropped: givesUp(/broke off during the reply/, 'later'),
  hang: givesUp(/did not answer within 120 s/, 'later'),
  'object-error': stops(/refused this request/, 'request'),
  'html-200': givesUp(/web page|HTML|JSON/i, 'address'),
  'huge-body': givesUp(/longer than/, 'address'),
  'fail-once': isDone,
  poison: failsPoison(/failed inside.*Something went wrong with this batch/),
  'too-long': failsPoison(/too long.*maximum context length is 512 tokens/),
  'detail-list': failsPoison(/cannot be tokenised/),
  'nan-vector': failsPoison(/not numbers/),
  'null-vector': failsPoison(/not numbers/),
  'zero-vector': failsPoison(/zeros/),
  'changed-length': failsPoison(/length 63, the others have length 64/),
  'max-batch': isDone,
  'max-bytes': isDone,
  async 'wrong-count'({ run }) {
    expect(await run.goOn()).toMatch(/^\d failed$/);
    await expectReasons(run);
  },
  nested: isDone,
  reversed: isDone,
  'no-index': isDone,
  'base64-anyway': isDone,
  'float-anyway': isDone,
  'no-base64': isDone,
  async 'other-model'(play) {
    await isDone(play);
    expect(await play.run.words()).toContain('answered as local/ngram-64-other');
  },
  async 'no-usage'(play) {
    await isDone(play);
    expect(await play.run.words()).toContain('tokens not reported');
  },
  'dimensions-refused': cuts(/refused to shorten vectors to 128/),
  'dimensions-ignored': cuts(/length 1024; they were cut to 128 here/),
  'zero-padded': cuts(/end in zeros from position 6[0-5] on/),
  'catalog-down': isDone,
};

test.describe('a run under the fault', () => {
  for (const fault of faultNames) {
    test(fault, async ({ desk }) => {
      const expectation = expectations[fault];
      const asked = expectation.asked ?? whole;
      const run = await desk.embed({ faults: [fault], ...asked });
      await expectation({ desk, fault, run });
      // Padded vectors cannot be told from true ones, so they stay; the others are those of a server that is well.
      if (fault !== 'zero-padded') await recover(desk, run, asked);
      await leave(desk, run, fault === 'hang' || fault === 'huge-body');
    });
  }
});

test.describe('a run under faults that come and go', () => {
  const lasting: readonly FaultName[] = ['zero-padded', 'catalog-down'];
  const pool = faultNames.filter((name) => !lasting.includes(name));

  for (let seed = 1; seed <= mixtures; seed++) {
    test(`mixture ${seed}`, async ({ desk }) => {
      const random = seededRandom(seed);
      const pick = () => pool[Math.floor(random() * pool.length)]!;
      const asked = seed % 2 === 0 ? cut : whole;
      const settings = { mostTexts: 1 + Math.floor(random() * 20), firstRequests: 2 };
      const met = new Set<FaultName>();
      let isOver = false;
      const onEmbeddings: RunWish['onEmbeddings'] = (count, server) => {
        if (isOver || count % 3 !== 1) return;
        const names = count > 90 || random() < 0.2 ? [] : random() < 0.5 ? [pick()] : [pick(), pick()];
        // The first vector that comes says how long those of the run are.
        const hasVectors = server.log.delivered.length > 0;
        const set = names.filter((name) => hasVectors || name !== 'changed-length');
        for (const name of set) met.add(name);
        desk.setFaults(server, set, settings);
      };
      const run = await desk.embed({ faults: [], ...asked, onEmbeddings });
      let state = await run.goOn();
      for (let round = 0; round < 200 && (state === 'stopped' || state === 'needs key'); round++) {
        await expect(run.item.getByRole('alert')).toContainText(/./);
        await expectReasons(run);
        await run.press('Resume');
        state = await run.goOn();
      }
      expect(state).toMatch(/^(done|\d+ failed)$/);
      await expectReasons(run);
      isOver = true;
      await recover(desk, run, asked);
      await leave(desk, run, met.has('hang') || met.has('huge-body'));
    });
  }
});
