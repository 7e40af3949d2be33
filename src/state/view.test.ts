import { beforeEach, expect, test } from 'vitest';
import { commit, forgetSteps, initialView, readView, redo, replaceView, undo, viewStore } from './view';

const view = () => viewStore.getState().view;
beforeEach(() => replaceView(initialView));

test('undo takes back what a step changed, and leaves what followed by itself', () => {
  commit({ colourBy: { kind: 'none' } }, 'Change colour');
  commit({ activeRun: 'first#1' });
  commit({ tab: 'matrix' });
  undo();
  expect(view()).toMatchObject({ colourBy: null, activeRun: 'first#1', tab: 'matrix' });
  redo();
  expect(view()).toMatchObject({ colourBy: { kind: 'none' }, activeRun: 'first#1', tab: 'matrix' });
});

test('steps are undone in reverse order and a new one forgets what was undone', () => {
  commit({ datasetId: 'a' }, 'Replace data');
  commit({ datasetId: 'b' }, 'Replace data');
  undo();
  expect(view().datasetId).toBe('a');
  commit({ datasetId: 'c' }, 'Replace data');
  redo();
  expect(view().datasetId).toBe('c');
  undo();
  undo();
  expect(view().datasetId).toBeNull();
  undo();
  expect(view()).toEqual(initialView);
});

test('steps to and from something that is gone are dropped', () => {
  commit({ datasetId: 'a' }, 'Replace data');
  commit({ colourBy: { kind: 'none' } }, 'Change colour');
  commit({ datasetId: 'b' }, 'Replace data');
  forgetSteps(({ datasetId }) => datasetId === 'a');
  undo();
  expect(view()).toMatchObject({ datasetId: 'b', colourBy: null });
  undo();
  expect(view().datasetId).toBe('b');
});

test('a stored view comes back; settings out of range are brought into it', () => {
  const stored = {
    ...initialView,
    tab: 'compare',
    projection: { ...initialView.projection, neighbours: 9999 },
  };
  expect(readView(JSON.parse(JSON.stringify(stored)))).toMatchObject({
    tab: 'compare',
    projection: { neighbours: 200 },
  });
});

test('a view kept by an older version takes the first value of what that did not know', () => {
  const { matrixScale, matrixOrder, ...older } = { ...initialView, tab: 'compare' };
  expect(readView(older)).toEqual({ ...initialView, tab: 'compare' });
});

test('what rows were coloured by when that was a word is read', () => {
  expect(readView({ ...initialView, colourBy: 'Topic' })?.colourBy).toEqual({
    kind: 'column',
    name: 'Topic',
  });
  expect(readView({ ...initialView, colourBy: 'none' })?.colourBy).toEqual({ kind: 'none' });
  expect(readView({ ...initialView, colourBy: { kind: 'agreement', run: 'm#1' } })?.colourBy).toEqual({
    kind: 'agreement',
    run: 'm#1',
  });
  expect(readView({ ...initialView, colourBy: { kind: 'mood' } })).toBeNull();
});

test.each([null, 7, 'view', { ...initialView, tab: 'elsewhere' }, { ...initialView, pinned: 'row' }])(
  'what is no view is refused: %j',
  (value) => {
    expect(readView(value)).toBeNull();
  },
);
