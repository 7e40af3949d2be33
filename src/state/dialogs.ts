import { createStore } from 'zustand/vanilla';

interface Dialogs {
  /** What was dropped into `Add data`, or pasted beside it; null while it is closed. */
  readonly addData: { readonly files: readonly File[]; readonly text: string } | null;
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

/** Opens `Add data`, with files that were dropped or chosen outside it, or with texts that were pasted there. */
export function openAddData(files: readonly File[] = [], text = ''): void {
  dialogStore.setState({ addData: { files, text } });
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
