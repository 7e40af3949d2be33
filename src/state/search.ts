import { createStore } from 'zustand/vanilla';
import { askText } from '@/state/asked-text';
import { viewStore } from '@/state/view';

interface Search {
  /** As typed. */
  readonly text: string;
  /** Whether it is read as a regular expression. */
  readonly isPattern: boolean;
  /** Column looked in; null is any, `text` the texts. */
  readonly column: string | null;
  /** Whether the results are on the screen. */
  readonly isOpen: boolean;
  /** Rows found that the maps ring. */
  readonly ringed: readonly number[];
}

const nothing: Search = { text: '', isPattern: false, column: null, isOpen: false, ringed: [] };

/** What is looked for among the rows. */
export const searchStore = createStore<Search>(() => nothing);

/** Most rows that the maps ring for a search; more would hide what they ring. */
export const mostRinged = 200;

/** Takes what was typed; what was asked by meaning belongs to the text before. */
export function typeSearch(text: string): void {
  askText(null);
  searchStore.setState({ text, isOpen: text !== '', ringed: [] });
}

export function changeSearch(change: Partial<Pick<Search, 'isPattern' | 'column' | 'isOpen'>>): void {
  searchStore.setState(change);
}

/** Asks for the rows nearest to the typed text in some runs. */
export function askByMeaning(runIds: readonly string[]): void {
  const { text } = searchStore.getState();
  const { datasetId } = viewStore.getState().view;
  if (text.trim() === '' || runIds.length === 0 || datasetId === null) return;
  askText({ datasetId, runIds, text });
  searchStore.setState({ isOpen: true });
}

export function ringFound(rows: readonly number[]): void {
  const { ringed } = searchStore.getState();
  if (rows.length === ringed.length && rows.every((row, i) => row === ringed[i])) return;
  searchStore.setState({ ringed: rows });
}

/** Forgets the search; false where there was none. */
export function clearSearch(): boolean {
  const { text, isOpen } = searchStore.getState();
  if (text === '' && !isOpen) return false;
  const { isPattern, column } = searchStore.getState();
  askText(null);
  searchStore.setState({ ...nothing, isPattern, column });
  return true;
}

/** Forgets everything, as for other data. */
export function resetSearch(): void {
  askText(null);
  searchStore.setState(nothing);
}
