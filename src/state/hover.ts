import { createStore } from 'zustand/vanilla';

/** The row under the pointer, in whichever view. Read it through subscriptions: it changes with every move. */
export const hoverStore = createStore<{ row: number | null }>(() => ({ row: null }));

/** The hovered row as the drawing code takes it. */
export const hoverChannel = {
  get: () => hoverStore.getState().row,
  set: (row: number | null) => {
    if (hoverStore.getState().row !== row) hoverStore.setState({ row });
  },
  subscribe: (listener: () => void) => hoverStore.subscribe(listener),
};
