import { createStore } from 'zustand/vanilla';

interface Dialogs {
  /** What was dropped into `Add data`; null while it is closed. */
  readonly addData: { readonly files: readonly File[] } | null;
  readonly isSettingsOpen: boolean;
  readonly isKeysOpen: boolean;
  /** How often the list of commands was asked for. */
  readonly paletteTurn: number;
}

/** Which dialog is open. */
export const dialogStore = createStore<Dialogs>(() => ({
  addData: null,
  isSettingsOpen: false,
  isKeysOpen: false,
  paletteTurn: 0,
}));

/** Opens `Add data`, with files that were dropped or chosen outside it. */
export function openAddData(files: readonly File[] = []): void {
  dialogStore.setState({ addData: { files } });
}

export function closeAddData(): void {
  dialogStore.setState({ addData: null });
}

export function openSettings(): void {
  dialogStore.setState({ isSettingsOpen: true });
}

export function closeSettings(): void {
  dialogStore.setState({ isSettingsOpen: false });
}

export function openKeys(): void {
  dialogStore.setState({ isKeysOpen: true });
}

export function closeKeys(): void {
  dialogStore.setState({ isKeysOpen: false });
}

export function openPalette(): void {
  dialogStore.setState(({ paletteTurn }) => ({ paletteTurn: paletteTurn + 1 }));
}
