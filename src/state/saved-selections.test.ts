import { beforeEach, expect, test } from 'vitest';
import {
  endIsolation,
  forgetSelection,
  isolateRows,
  nextName,
  savedOf,
  saveSelection,
} from './saved-selections';
import { selectRows } from './selection';
import { initialView, replaceView, undo, viewStore } from './view';

const view = () => viewStore.getState().view;
beforeEach(() => replaceView(initialView));

test('selections are kept by dataset and name', () => {
  const first = { datasetId: 'd', name: 'Selection 1', rows: [1, 2] };
  saveSelection(first);
  saveSelection({ ...first, datasetId: 'other' });
  saveSelection({ ...first, rows: [3] });
  expect(savedOf(view().savedSelections, 'd')).toEqual([{ ...first, rows: [3] }]);
  expect(nextName(savedOf(view().savedSelections, 'd'))).toBe('Selection 2');
  forgetSelection(first);
  expect(savedOf(view().savedSelections, 'd')).toEqual([]);
  expect(savedOf(view().savedSelections, 'other')).toHaveLength(1);
  undo();
  expect(savedOf(view().savedSelections, 'd')).toHaveLength(1);
});

test('rows are drawn alone, and undo brings the selection back with the others', () => {
  selectRows([4, 5], 'replace', 'Select an area');
  isolateRows(view().selection);
  expect(view()).toMatchObject({ isolated: [4, 5], selection: [] });
  endIsolation();
  expect(view().isolated).toEqual([]);
  undo();
  undo();
  expect(view()).toMatchObject({ isolated: [], selection: [4, 5] });
});
