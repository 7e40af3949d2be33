import { createStore } from 'zustand/vanilla';

/** The text that was typed last, and the run it was typed for. */
interface AskedText {
  readonly datasetId: string;
  readonly runId: string;
  readonly text: string;
}

/** A text and the rows nearest to it are looked at, not kept: they are no part of the view. */
export const askedTextStore = createStore<{ asked: AskedText | null }>(() => ({ asked: null }));

export function askText(asked: AskedText | null): void {
  askedTextStore.setState({ asked });
}
