import { expect, it } from 'vitest';
import { KeyIndex } from './key-index';

it('made in pieces it finds the same places as made at once', () => {
  const count = 40_000;
  const keys = new Uint32Array(4 * count);
  for (let place = 0; place < count; place++) keys[4 * place] = (place * 7919) % 30_000;
  const whole = KeyIndex.of(keys);
  const work = KeyIndex.build(keys);
  const done: number[] = [];
  let step = work.next();
  for (; !step.done; step = work.next()) done.push(step.value.done);
  const pieced = step.value;
  expect(done.length).toBeGreaterThan(2);
  expect(done.at(-1)).toBe(count);
  const answers = (index: KeyIndex) =>
    Array.from({ length: count }, (_, place) => [
      index.isFirst(place),
      index.after(place),
      index.first(keys, place),
    ]);
  expect(answers(pieced)).toEqual(answers(whole));
});
