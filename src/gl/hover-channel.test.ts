import { expect, it } from 'vitest';
import { createHoverChannel } from './hover-channel';

it('tells every listener of a change, and only of a change', () => {
  const channel = createHoverChannel();
  const heard: (number | null)[] = [];
  const stop = channel.subscribe(() => heard.push(channel.get()));
  channel.subscribe(() => heard.push(channel.get()));
  channel.set(3);
  channel.set(3);
  stop();
  channel.set(null);
  expect(heard).toEqual([3, 3, null]);
});
