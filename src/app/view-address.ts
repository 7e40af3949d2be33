import { commit, type View, viewStore } from '@/state/view';
import { keepOwn, viewFromHash, viewToHash } from '@/state/view-link';

/** The view that the address asks for. A reload is no asking: what was kept says more than an address can. */
export function linkedView(): View | null {
  const [entry] = performance.getEntriesByType('navigation');
  const isReload = entry instanceof PerformanceNavigationTiming && entry.type === 'reload';
  return isReload ? null : viewFromHash(location.hash);
}

/** What makes another page of the browser's history; everything else changes the address of the page one is on. */
const paged: readonly (keyof View)[] = ['datasetId', 'tab', 'activeRun', 'compared'];

/**
 * Writes the view into the address, and follows the browser's back and forward. `openDataset` shows one that is kept, or says
 * that it is not.
 */
export function followAddress(openDataset: (id: string) => Promise<boolean>): void {
  const write = (view: View, before: View | null) => {
    const hash = viewToHash(view);
    if (hash === location.hash) return;
    const isPage =
      before !== null && before.datasetId !== null && paged.some((key) => view[key] !== before[key]);
    history[isPage ? 'pushState' : 'replaceState'](null, '', hash);
  };
  // A gesture such as a slider's commits many times; browsers refuse more than some addresses a second.
  let last = viewStore.getState().view;
  let timer: ReturnType<typeof setTimeout> | undefined;
  viewStore.subscribe(({ view }) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      write(view, last);
      last = view;
    }, 150);
  });
  const follow = async () => {
    const view = viewFromHash(location.hash);
    if (view === null) return;
    const { datasetId } = viewStore.getState().view;
    if (view.datasetId !== datasetId && (view.datasetId === null || !(await openDataset(view.datasetId))))
      return;
    clearTimeout(timer);
    commit(keepOwn(view, viewStore.getState().view));
    last = viewStore.getState().view;
  };
  // One after the other: the address of the last one is shown last.
  let following = Promise.resolve();
  addEventListener('popstate', () => {
    following = following.catch(() => {}).then(follow);
  });
  write(last, null);
}
