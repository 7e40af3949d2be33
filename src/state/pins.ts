import { createStore } from 'zustand/vanilla';
import { commit, viewStore } from '@/state/view';

const noTrail = { datasetId: null, rows: [] };
const trailKept = 50;

/** Rows that were pinned before, each left for one of its neighbours; the way back. */
export const trailStore = createStore<{
  readonly datasetId: string | null;
  readonly rows: readonly number[];
}>(() => noTrail);

/**
 * Pins a row, or lets it go where it is pinned. With `isSecond` it is held beside the pinned row instead; where none is pinned it
 * becomes the first. Null lets the pinned rows go.
 */
export function pinRow(row: number | null, isSecond = false): void {
  const { pinned, secondPin } = viewStore.getState().view;
  if (row === null) clearPins();
  else if (isSecond && pinned !== null && pinned !== row)
    commit({ secondPin: secondPin === row ? null : row });
  else if (pinned === row) clearPins();
  else {
    trailStore.setState(noTrail);
    commit({ pinned: row, secondPin: secondPin === row ? null : secondPin });
  }
}

/** Pins a row that was reached from the pinned one, which is remembered as the way back. */
export function stepTo(row: number): void {
  const { pinned, datasetId } = viewStore.getState().view;
  if (pinned === row) return;
  const trail = trailStore.getState();
  const behind = trail.datasetId === datasetId ? trail.rows : [];
  pinRow(row);
  if (pinned !== null) trailStore.setState({ datasetId, rows: [...behind, pinned].slice(-trailKept) });
}

/** Pins the row that was left last; nothing where none was. */
export function stepBack(): void {
  const { datasetId } = viewStore.getState().view;
  const trail = trailStore.getState();
  const row = trail.datasetId === datasetId ? trail.rows.at(-1) : undefined;
  if (row === undefined) return;
  pinRow(row);
  trailStore.setState({ datasetId, rows: trail.rows.slice(0, -1) });
}

/** The two pinned rows change places. */
export function swapPins(): void {
  const { pinned, secondPin } = viewStore.getState().view;
  if (pinned !== null && secondPin !== null) commit({ pinned: secondPin, secondPin: pinned });
}

/** Lets the pinned rows go. */
export function clearPins(): void {
  trailStore.setState(noTrail);
  commit({ pinned: null, secondPin: null });
}

/** Lets the second pin go, else the first; false where there is none. */
export function clearLastPin(): boolean {
  const { pinned, secondPin } = viewStore.getState().view;
  if (pinned === null && secondPin === null) return false;
  if (secondPin === null) clearPins();
  else commit({ secondPin: null });
  return true;
}
