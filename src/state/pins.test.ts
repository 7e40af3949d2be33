import { beforeEach, expect, test } from 'vitest';
import { clearLastPin, clearPins, pinRow, stepBack, stepTo, swapPins, trailStore } from './pins';
import { commit, initialView, replaceView, viewStore } from './view';

const pins = () => {
  const { pinned, secondPin } = viewStore.getState().view;
  return [pinned, secondPin];
};
beforeEach(() => {
  replaceView({ ...initialView, datasetId: 'a' });
  clearPins();
});

test('a row is pinned, a second one beside it, and both can be let go one by one', () => {
  pinRow(4, true);
  expect(pins()).toEqual([4, null]);
  pinRow(7, true);
  expect(pins()).toEqual([4, 7]);
  swapPins();
  expect(pins()).toEqual([7, 4]);
  pinRow(4);
  expect(pins()).toEqual([4, null]);
  pinRow(9, true);
  expect(clearLastPin()).toBe(true);
  expect(pins()).toEqual([4, null]);
  expect(clearLastPin()).toBe(true);
  expect(clearLastPin()).toBe(false);
});

test('a pinned row that is pinned again is let go with the second', () => {
  pinRow(4);
  pinRow(7, true);
  pinRow(7, true);
  expect(pins()).toEqual([4, null]);
  pinRow(7, true);
  pinRow(4);
  expect(pins()).toEqual([null, null]);
  pinRow(4);
  pinRow(null);
  expect(pins()).toEqual([null, null]);
});

test('steps from neighbour to neighbour lead back the same way, within their dataset', () => {
  pinRow(1);
  stepTo(2);
  stepTo(3);
  stepBack();
  expect(pins()).toEqual([2, null]);
  stepBack();
  expect(pins()).toEqual([1, null]);
  stepBack();
  expect(pins()).toEqual([1, null]);
  stepTo(5);
  commit({ datasetId: 'b', pinned: 8 });
  stepBack();
  expect(pins()).toEqual([8, null]);
  stepTo(9);
  expect(trailStore.getState().rows).toEqual([8]);
  pinRow(30);
  expect(trailStore.getState().rows).toEqual([]);
});
