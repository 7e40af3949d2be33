import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { clearSelection, combineSelection, selectRows } from './selection';
import { initialView, replaceView, undo, viewStore } from './view';

const selection = () => viewStore.getState().view.selection;
beforeEach(() => replaceView(initialView));

test('rows are replaced, added, subtracted and let go, each a step of its own', () => {
  selectRows([30, 4, 4], 'replace', 'Lasso');
  expect(selection()).toEqual([4, 30]);
  selectRows([100, 7], 'add', 'Lasso');
  expect(selection()).toEqual([4, 7, 30, 100]);
  selectRows([4, 5], 'subtract', 'Lasso');
  expect(selection()).toEqual([7, 30, 100]);
  clearSelection();
  expect(selection()).toEqual([]);
  undo();
  undo();
  expect(selection()).toEqual([4, 7, 30, 100]);
});

test('what changes nothing is no step', () => {
  clearSelection();
  selectRows([1, 2], 'replace', 'Lasso');
  selectRows([2, 1], 'replace', 'Lasso');
  selectRows([9], 'subtract', 'Lasso');
  expect(viewStore.getState().undoable).toHaveLength(1);
});

test('a selection is ascending, without repeats, and what sets say it is', () => {
  const rows = fc.array(fc.nat(60), { maxLength: 40 });
  void fc.assert(
    fc.property(rows, rows, fc.constantFrom('replace', 'add', 'subtract'), (before, picked, mode) => {
      const present = combineSelection([], before, 'replace');
      const combined = combineSelection(present, picked, mode);
      const isIn = (row: number) =>
        mode === 'replace'
          ? picked.includes(row)
          : mode === 'add'
            ? picked.includes(row) || before.includes(row)
            : before.includes(row) && !picked.includes(row);
      expect(combined).toEqual(Array.from({ length: 61 }, (_, row) => row).filter(isIn));
    }),
    { seed: 6, numRuns: 200 },
  );
});
