import { createStore } from 'zustand/vanilla';

interface Dialogs {
  /** What was dropped into `Add data`, or pasted beside it; null while it is closed. */
  readonly addData: { readonly files: readonly File[]; readonly text: string } | null;
  readonly isSettingsOpen: boolean;
  readonly isKeysOpen: boolean;
  /** The list of commands: `coming` from the key that asks for it until its field has the keys. */
  readonly palette: 'closed' | 'coming' | 'open';
  readonly paletteQuery: string;
  /** Whether Enter was pressed while it was coming. */
  readonly isEnterHeld: boolean;
}

/** Which dialog is open. */
export const dialogStore = createStore<Dialogs>(() => ({
  addData: null,
  isSettingsOpen: false,
  isKeysOpen: false,
  palette: 'closed',
  paletteQuery: '',
  isEnterHeld: false,
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
  dialogStore.setState((dialogs) =>
    dialogs.palette === 'closed' ? { palette: 'coming', paletteQuery: '', isEnterHeld: false } : dialogs,
  );
}

export function typeInPalette(paletteQuery: string): void {
  dialogStore.setState({ paletteQuery });
}

/** Enter before the palette stands presses what is found once it does. */
export function pressEnterInPalette(): void {
  dialogStore.setState({ isEnterHeld: true });
}

/** The palette has the keys. */
export function takePalette(): void {
  dialogStore.setState({ palette: 'open' });
}

export function closePalette(): void {
  dialogStore.setState({ palette: 'closed' });
}
