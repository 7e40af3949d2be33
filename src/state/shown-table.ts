import { createStore } from 'zustand/vanilla';

/** A table on the screen that can be taken along. */
export interface ShownTable {
  /** What it is: "the rows as filtered and sorted". */
  readonly note: string;
  readonly rowCount: number;
  /** Its head and cells as text. */
  lines(): string[][];
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
