import { createStore } from 'zustand/vanilla';

/** Which dialog is open, and what was dropped into it. */
export const dialogStore = createStore<{ addData: { file: File | null } | null }>(() => ({ addData: null }));

/** Opens `Add data`, with a file that was dropped or chosen outside it. */
export function openAddData(file: File | null = null): void {
  dialogStore.setState({ addData: { file } });
}

export function closeAddData(): void {
  dialogStore.setState({ addData: null });
}
