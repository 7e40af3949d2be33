import { createStore } from 'zustand/vanilla';

/** Layouts that a person stopped, by the key of their query; they stay as they are until drawn again. */
export const stoppedLayouts = createStore<{ keys: ReadonlySet<string> }>(() => ({ keys: new Set() }));

export function markStopped(key: string, isStopped: boolean): void {
  stoppedLayouts.setState(({ keys }) => {
    const next = new Set(keys);
    if (isStopped) next.add(key);
    else next.delete(key);
    return { keys: next };
  });
}
