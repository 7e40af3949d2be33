import { commit, viewStore } from '@/state/view';

/** What becomes of the rows selected so far: they go, stay, or lose the new ones. */
export type SelectionMode = 'replace' | 'add' | 'subtract';

/** Selects dataset rows, in any order and with repeats. A step named `label`, unless it changes nothing. */
export function selectRows(rows: Iterable<number>, mode: SelectionMode, label: string): void {
  const present = viewStore.getState().view.selection;
  const next = combineSelection(present, rows, mode);
  if (next.length === present.length && next.every((row, i) => row === present[i])) return;
  commit({ selection: next }, label);
}

/** Lets all rows go; a step, unless none is selected. */
export function clearSelection(): void {
  selectRows([], 'replace', 'Clear selection');
}

/** Ascending rows without repeats, in a new array. */
export function combineSelection(
  present: readonly number[],
  rows: Iterable<number>,
  mode: SelectionMode,
): number[] {
  const picked = Array.from(rows);
  const kept = mode === 'replace' ? [] : present;
  const isSelected = new Uint8Array(1 + Math.max(largest(kept), largest(picked)));
  for (const row of kept) isSelected[row] = 1;
  for (const row of picked) isSelected[row] = mode === 'subtract' ? 0 : 1;
  const next: number[] = [];
  for (let row = 0; row < isSelected.length; row++) if (isSelected[row] === 1) next.push(row);
  return next;
}

function largest(rows: readonly number[]): number {
  return rows.reduce((most, row) => Math.max(most, row), -1);
}
