import { commit, viewStore } from '@/state/view';

/**
 * Pins a row, or lets it go where it is pinned. With `isSecond` it is held beside the pinned row instead; where none is pinned it
 * becomes the first.
 */
export function pinRow(row: number, isSecond = false): void {
  const { pinned, secondPin } = viewStore.getState().view;
  if (isSecond && pinned !== null && pinned !== row) commit({ secondPin: secondPin === row ? null : row });
  else if (pinned === row) clearPins();
  else commit({ pinned: row, secondPin: secondPin === row ? null : secondPin });
}

/** Lets the pinned rows go. */
export function clearPins(): void {
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
