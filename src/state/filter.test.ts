import { beforeEach, expect, test } from 'vitest';
import {
  colourGroup,
  colourRowsBy,
  ownColourKey,
  showAllGroups,
  showOnlyGroups,
  toggleGroups,
} from './filter';
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
  colourRowsBy({ kind: 'trust' });
  expect(viewStore.getState().view).toMatchObject({ colourBy: { kind: 'trust' }, hiddenGroups: [] });
  undo();
  expect(viewStore.getState().view).toMatchObject({ colourBy: null, hiddenGroups: ['a'] });
});

test('a group takes a colour of its own, and gives it back', () => {
  const key = ownColourKey('d', 'topic', 'Money');
  colourGroup(key, '#112233');
  expect(viewStore.getState().view.ownColours).toEqual({ [key]: '#112233' });
  colourGroup(key, null);
  expect(viewStore.getState().view.ownColours).toEqual({});
  undo();
  expect(viewStore.getState().view.ownColours).toEqual({ [key]: '#112233' });
});
