import { commit, type View, viewStore } from '@/state/view';

type SavedSelection = View['savedSelections'][number];

/** Keeps rows under a name; a selection of that name gives way. A step. */
export function saveSelection(saved: SavedSelection): void {
  commit({ savedSelections: [...othersThan(saved), saved] }, `Save “${saved.name}”`);
}

/** Forgets a saved selection. A step. */
export function forgetSelection(saved: SavedSelection): void {
  commit({ savedSelections: othersThan(saved) }, `Forget “${saved.name}”`);
}

/** The selections saved of a dataset, in their order. */
export function savedOf(all: readonly SavedSelection[], datasetId: string): SavedSelection[] {
  return all.filter((saved) => saved.datasetId === datasetId);
}

/** The first of "Selection 1", "Selection 2" … that is not taken. */
export function nextName(saved: readonly SavedSelection[]): string {
  for (let number = 1; ; number++) {
    const name = `Selection ${number}`;
    if (!saved.some((one) => one.name === name)) return name;
  }
}

function othersThan({ datasetId, name }: SavedSelection): SavedSelection[] {
  return viewStore
    .getState()
    .view.savedSelections.filter((saved) => saved.datasetId !== datasetId || saved.name !== name);
}

/** Draws some rows alone, as a map of their own; a step, which lets the selection go. */
export function isolateRows(rows: readonly number[]): void {
  commit({ isolated: [...rows], selection: [] }, 'Keep only these');
}

/** Draws all rows again; a step. */
export function endIsolation(): void {
  commit({ isolated: [] }, 'All rows again');
}
