import { createStore } from 'zustand/vanilla';

/** A table on the screen that can be taken along. */
export interface ShownTable {
  /** What it is: "the rows as filtered and sorted". */
  readonly note: string;
  readonly rowCount: number;
  readonly head: readonly string[];
  /** The cells of the row at a place, from 0, as text. */
  cellsOf(index: number): string[];
}

/** The table on the screen; null where there is none. */
export const shownTableStore = createStore<{ table: ShownTable | null }>(() => ({ table: null }));

/** Offers a table until the returned function is called. */
export function offerTable(table: ShownTable): () => void {
  shownTableStore.setState({ table });
  return () => {
    if (shownTableStore.getState().table === table) shownTableStore.setState({ table: null });
  };
}
