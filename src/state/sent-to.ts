import { createStore } from 'zustand/vanilla';

/** Hosts that texts were sent to from this browser, in order; noted when a request leaves, whatever becomes of it. */
export const sentToStore = createStore<{ hosts: readonly string[] }>(() => ({ hosts: [] }));

export function noteSending(host: string): void {
  if (sentToStore.getState().hosts.includes(host)) return;
  sentToStore.setState(({ hosts }) => ({ hosts: [...hosts, host] }));
}
