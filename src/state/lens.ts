import { createStore } from 'zustand/vanilla';

/** Whether all points take the colour of how alike they are to the row under the pointer: switched on, or while a key is held. */
export const lensStore = createStore<{ isOn: boolean; isHeld: boolean }>(() => ({
  isOn: false,
  isHeld: false,
}));

export function toggleLens(): void {
  lensStore.setState(({ isOn }) => ({ isOn: !isOn }));
}

export function holdLens(isHeld: boolean): void {
  if (lensStore.getState().isHeld !== isHeld) lensStore.setState({ isHeld });
}
