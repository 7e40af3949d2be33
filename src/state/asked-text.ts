import { createStore } from 'zustand/vanilla';

/** A typed text whose nearest rows were asked for, and the runs that were asked. */
export interface AskedText {
  readonly datasetId: string;
  readonly runIds: readonly string[];
  readonly text: string;
}

/** A text and the rows nearest to it are looked at, not kept: they are no part of the view. */
export const askedTextStore = createStore<{ asked: AskedText | null }>(() => ({ asked: null }));

export function askText(asked: AskedText | null): void {
  askedTextStore.setState({ asked });
}
