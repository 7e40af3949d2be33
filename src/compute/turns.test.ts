import { afterEach, expect, it } from 'vitest';
import { Turns } from './turns';

const turns = new Turns();
afterEach(() => expect(order.splice(0)).not.toEqual([]));
const order: string[] = [];

async function work(name: string, id: number, urgency: number, slices: number, place = 0): Promise<void> {
  for (let slice = 0; slice < slices; slice++) {
    order.push(name);
    await turns.next(id, urgency, place);
  }
}

it('the most urgent work goes first, that which began later too, and equal work takes turns', async () => {
  await Promise.all([work('late', 1, 3, 3), work('b', 2, 1, 3), work('c', 3, 1, 3)]);
  // Each begins with a slice of its own accord.
  expect(order).toEqual(['late', 'b', 'c', 'b', 'c', 'b', 'c', 'late', 'late']);
});

it('equal work that has places goes one after the other, each with what follows it', async () => {
  const first = async () => {
    await work('a', 1, 2, 2, 1);
    await work('a again', 4, 2, 2, 1);
  };
  await Promise.all([first(), work('b', 2, 2, 5, 2), work('more urgent', 3, 0, 2)]);
  const place = (name: string) => order.lastIndexOf(name);
  expect(order.slice(0, 3)).toEqual(['a', 'b', 'more urgent']);
  expect(order.filter((name) => name === 'b')).toHaveLength(5);
  // What follows comes a moment later; until then the other has a turn.
  expect(order.slice(0, place('a again')).filter((name) => name === 'b').length).toBeLessThanOrEqual(2);
});

it('work that is to end does not wait for what is more urgent', async () => {
  let isEnded = false;
  const urgent = work('urgent', 1, 0, 20);
  const ended = turns.next(2, 3).then(() => {
    isEnded = true;
    order.push('ended');
  });
  turns.hasten(2);
  await ended;
  await urgent;
  expect(isEnded).toBe(true);
  expect(order.indexOf('ended')).toBeLessThan(5);
  expect(order.filter((name) => name === 'urgent')).toHaveLength(20);
});
