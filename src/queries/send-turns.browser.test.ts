import { expect, test } from 'vitest';
import { inTurn } from './send-turns';

let named = 0;
const newOrigin = () => `http://127.0.0.1:${++named}`;
const never = () => new AbortController().signal;

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test('runs of one line follow each other in order, those of other lines do not wait for them', async () => {
  const origin = newOrigin();
  const order: string[] = [];
  const [first, other] = [gate(), gate()];
  const run = (line: string, name: string, until: Promise<void> = Promise.resolve()) =>
    inTurn(line, origin, never(), async () => {
      order.push(`${name} begins`);
      await until;
      order.push(`${name} ends`);
    });
  const work = [run('a', 'one', first.opened), run('a', 'two'), run('b', 'three', other.opened)];
  await expect.poll(() => order).toEqual(['one begins', 'three begins']);
  other.open();
  await work[2];
  expect(order).not.toContain('two begins');
  first.open();
  await Promise.all(work);
  expect(order.slice(-3)).toEqual(['one ends', 'two begins', 'two ends']);
});

test('who leaves a line early, or fails, does not let the next one overtake', async () => {
  const first = gate();
  const leave = new AbortController();
  const order: string[] = [];
  const one = inTurn('c', null, never(), async () => {
    await first.opened;
    order.push('one');
    throw new Error('lost');
  });
  const two = inTurn('c', null, leave.signal, async () => order.push('two'));
  const three = inTurn('c', null, never(), async () => order.push('three'));
  leave.abort();
  await expect(two).rejects.toMatchObject({ name: 'AbortError' });
  expect(order).toEqual([]);
  first.open();
  await expect(one).rejects.toThrow('lost');
  await three;
  expect(order).toEqual(['one', 'three']);
});

test('one tab sends to an origin at a time, until the last of its runs has ended', async () => {
  const origin = newOrigin();
  const elsewhere = gate();
  const order: string[] = [];
  const lock = `murmuration sends to ${origin}`;
  const otherTab = navigator.locks.request(lock, async () => {
    order.push('other tab');
    await elsewhere.opened;
  });
  await expect.poll(() => order).toEqual(['other tab']);
  const last = gate();
  const leave = new AbortController();
  const left = inTurn('d', origin, leave.signal, async () => order.push('left'));
  const run = inTurn('e', origin, never(), async () => order.push('one'));
  const long = inTurn('f', origin, never(), async () => {
    order.push('two');
    await last.opened;
  });
  leave.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  expect(order).toEqual(['other tab']);
  elsewhere.open();
  await Promise.all([otherTab, run]);
  await expect.poll(() => order).toEqual(['other tab', 'one', 'two']);
  let isFree = false;
  const after = navigator.locks.request(lock, async () => {
    isFree = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isFree).toBe(false);
  last.open();
  await Promise.all([long, after]);
  expect(isFree).toBe(true);
});
