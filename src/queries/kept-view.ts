import { compute } from '@/queries/compute-client';
import { readView, type View, viewStore } from '@/state/view';

const setting = 'view';

/** Where a tab that is left before its last change is stored puts it: a worker may end before it has written. */
const leftBehind = 'murmuration-view-left';

/** Storage of this tab; null where the browser allows none. */
function tabStorage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** What this tab had to leave behind; taken once. */
function takeLeftBehind(): View | null {
  const storage = tabStorage();
  const left = storage?.getItem(leftBehind) ?? null;
  storage?.removeItem(leftBehind);
  try {
    return left === null ? null : readView(JSON.parse(left));
  } catch {
    return null;
  }
}

/** The view that the last visit left; null where there was none, or where what is kept is no view. */
export async function loadKeptView(): Promise<View | null> {
  return takeLeftBehind() ?? readView(await compute.call('loadSetting', { key: setting }).catch(() => null));
}

/** The view follows every commit into storage, the latest winning, also when the page is left right after it. */
export function keepView(): void {
  let unstored: View | null = null;
  let isWaiting = false;
  const store = async () => {
    isWaiting = false;
    const { view } = viewStore.getState();
    await compute.call('saveSetting', { key: setting, value: view }).catch(() => {});
    if (unstored !== view) return;
    unstored = null;
    tabStorage()?.removeItem(leftBehind);
  };
  viewStore.subscribe(({ view }, { view: before }) => {
    if (view === before) return;
    unstored = view;
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => void store(), 200);
  });
  addEventListener('pagehide', () => {
    if (unstored === null) return;
    try {
      tabStorage()?.setItem(leftBehind, JSON.stringify(unstored));
    } catch {
      // A view too large for the tab's storage is as old as what the worker could write.
    }
  });
}
