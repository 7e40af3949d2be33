import { expect, test } from 'vitest';
import { WorkerLine } from './worker-line';

/** A worker made of the given script. */
function scripted(script: string): Worker {
  const content = `postMessage({ type: 'ready' }); ${script}`;
  return new Worker(URL.createObjectURL(new Blob([content], { type: 'text/javascript' })));
}

const answering = `onmessage = ({ data }) => { if (data.type === 'call') postMessage({ type: 'done', id: data.id, result: null }); }`;
const call = (line: WorkerLine, signal?: AbortSignal) => line.call('listDatasets', null, { signal });

test('a worker that throws rejects every call under way, and the next call gets a new worker', async () => {
  const scripts = [
    `let seen = 0; onmessage = () => { if (++seen === 2) throw new Error('broken on purpose'); }`,
    answering,
  ];
  let replaced = 0;
  const line = new WorkerLine(
    () => scripted(scripts.shift()!),
    () => {
      replaced++;
    },
  );
  const first = call(line);
  const second = call(line);
  await expect(first).rejects.toMatchObject({ name: 'ComputeError', code: 'crashed' });
  await expect(second).rejects.toMatchObject({ name: 'ComputeError', code: 'crashed' });
  expect(replaced).toBe(1);
  await expect(call(line)).resolves.toBeNull();
  expect(line.pendingCount).toBe(0);
});

test('a worker that is lost before it is ready leaves what it was to be given to the one of the next call', async () => {
  const broken = () => new Worker(URL.createObjectURL(new Blob([`throw new Error('broken at once')`])));
  const starts = [
    () => scripted(`onmessage = () => { throw new Error('broken on purpose'); }`),
    broken,
    broken,
    () => scripted(answering),
  ];
  let given = 0;
  const line = new WorkerLine(
    () => starts.shift()!(),
    (replaced) => {
      given++;
      call(replaced).catch(() => {});
    },
  );
  await expect(call(line)).rejects.toMatchObject({ code: 'crashed' });
  expect(given).toBe(1);
  await expect.poll(() => line.pendingCount).toBe(0);
  await expect(call(line)).rejects.toMatchObject({ code: 'crashed' });
  expect(given).toBe(2);
  await expect(call(line)).resolves.toBeNull();
  expect(given).toBe(3);
});

test('a worker whose script cannot be loaded rejects the call', async () => {
  const line = new WorkerLine(() => new Worker('/there-is-no-such-worker.js', { type: 'module' }));
  await expect(call(line)).rejects.toMatchObject({
    code: 'not-loaded',
    message: expect.stringMatching(/replaced on the server.*Reload it/),
  });
});

test('an abort rejects at once; a worker that does not stop is replaced and its other calls are told', async () => {
  const scripts = [`onmessage = () => { for (;;); }`, answering];
  const line = new WorkerLine(() => scripted(scripts.shift()!));
  const abort = new AbortController();
  const stuck = call(line, abort.signal);
  const behind = call(line);
  const order: string[] = [];
  stuck.catch(() => order.push('stuck'));
  behind.catch(() => order.push('behind'));
  abort.abort();
  await expect(stuck).rejects.toMatchObject({ code: 'aborted' });
  await expect(behind).rejects.toMatchObject({ code: 'restarted' });
  expect(order).toEqual(['stuck', 'behind']);
  await expect(call(line)).resolves.toBeNull();
});

test('a job that stops reporting is given up, and its worker is replaced; one that reports nothing may take its time', async () => {
  const working = `onmessage = ({ data }) => { if (data.type === 'call') setTimeout(() => postMessage({ type: 'done', id: data.id, result: { session: 1 } }), 600); }`;
  const scripts = [
    `onmessage = ({ data }) => { postMessage({ type: 'progress', id: data.id, progress: { done: 0, total: 3 } }); for (;;); }`,
    working,
  ];
  const line = new WorkerLine(() => scripted(scripts.shift()!));
  const learn = { model: 'any', corpus: { joined: '', ends: new Uint32Array() } };
  await expect(line.call('openBaseline', learn, { stallMs: 300 })).rejects.toMatchObject({ code: 'stalled' });
  expect(line.pendingCount).toBe(0);
  await expect(line.call('openBaseline', learn, { stallMs: 300 })).resolves.toEqual({ session: 1 });
});

test('a worker that answers an abort is kept, and its late answer goes to nobody', async () => {
  let started = 0;
  const line = new WorkerLine(() => {
    started++;
    return scripted(
      `onmessage = ({ data }) => {
        if (data.type === 'abort') postMessage({ type: 'failed', id: data.id, code: 'aborted', message: '' });
        else if (data.id > 1) postMessage({ type: 'done', id: data.id, result: null });
      }`,
    );
  });
  const abort = new AbortController();
  const first = call(line, abort.signal);
  abort.abort();
  await expect(first).rejects.toMatchObject({ code: 'aborted' });
  await new Promise((resolve) => setTimeout(resolve, 1800));
  await expect(call(line)).resolves.toBeNull();
  expect(started).toBe(1);
});

test('a call that was aborted before it was made never reaches a worker', async () => {
  let started = 0;
  const line = new WorkerLine(() => {
    started++;
    return scripted(answering);
  });
  await expect(call(line, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  expect(started).toBe(0);
});

test('stopping rejects what is under way', async () => {
  const line = new WorkerLine(() => scripted('onmessage = () => {}'));
  const waiting = call(line);
  line.stop('disposed', 'The page is closing.');
  await expect(waiting).rejects.toMatchObject({ code: 'disposed', message: 'The page is closing.' });
});

test('progress reaches the caller in order before the result', async () => {
  const line = new WorkerLine(() =>
    scripted(
      `onmessage = ({ data }) => {
        for (let done = 0; done < 3; done++) postMessage({ type: 'progress', id: data.id, progress: { done, total: 3 } });
        postMessage({ type: 'done', id: data.id, result: { session: 1 } });
      }`,
    ),
  );
  const seen: number[] = [];
  await line.call(
    'openBaseline',
    { model: 'any', corpus: { joined: '', ends: new Uint32Array() } },
    { onProgress: ({ done }) => seen.push(done) },
  );
  expect(seen).toEqual([0, 1, 2]);
});
