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
  const picked = new Set(rows);
  if (mode === 'subtract') return present.filter((row) => !picked.has(row));
  if (mode === 'add') for (const row of present) picked.add(row);
  return Array.from(Uint32Array.from(picked).sort());
}
