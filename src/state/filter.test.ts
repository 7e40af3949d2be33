import { beforeEach, expect, test } from 'vitest';
import { colourRowsBy, showAllGroups, showOnlyGroups, toggleGroups } from './filter';
import { initialView, replaceView, undo, viewStore } from './view';

const hidden = () => viewStore.getState().view.hiddenGroups;
beforeEach(() => replaceView(initialView));

test('groups are filtered out and brought back, one, all others, all', () => {
  toggleGroups(['a', '']);
  expect(hidden()).toEqual(['a', '']);
  toggleGroups(['a']);
  expect(hidden()).toEqual(['']);
  showOnlyGroups(['b'], ['a', 'b', 'c']);
  expect(hidden()).toEqual(['a', 'c']);
  showOnlyGroups(['b'], ['a', 'b', 'c']);
  expect(hidden()).toEqual([]);
  showAllGroups();
  undo();
  expect(hidden()).toEqual(['a', 'c']);
});

test('other colours bring all groups back, and undo restores both', () => {
  toggleGroups(['a']);
  colourRowsBy('set');
  expect(viewStore.getState().view).toMatchObject({ colourBy: 'set', hiddenGroups: [] });
  undo();
  expect(viewStore.getState().view).toMatchObject({ colourBy: null, hiddenGroups: ['a'] });
});
