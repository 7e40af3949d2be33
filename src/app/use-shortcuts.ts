import { useHotkeys } from '@mantine/hooks';
import { useEffect } from 'react';
import { openKeys, openPalette } from '@/state/dialogs';
import { hoverChannel } from '@/state/hover';
import { clearLastPin } from '@/state/pins';
import { clearSearch } from '@/state/search';
import { clearSelection } from '@/state/selection';
import { redo, undo } from '@/state/view';

/** Keys of the whole page. All but the list of commands rest while a text is typed, and while a menu or dialog has the keys. */
export function useShortcuts(): void {
  useHotkeys([
    ['mod+Z', () => undo()],
    ['mod+shift+Z', () => redo()],
    ['mod+Y', () => redo()],
  ]);
  // Nothing else in the page hears it in a text field.
  useHotkeys([['mod+K', openPalette]], []);
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      // By what the key writes, which on some keyboards takes Shift.
      const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
      if (action === undefined || event.defaultPrevented || isTaken(event.target)) return;
      if (event.key !== 'Escape') event.preventDefault();
      action();
    };
    window.addEventListener('keydown', act);
    return () => window.removeEventListener('keydown', act);
  }, []);
}

const actions: Readonly<Record<string, (() => void) | undefined>> = {
  '/': () => document.querySelector<HTMLElement>('input[type="search"][aria-label="Search"]')?.focus(),
  '?': openKeys,
  // One thing at a time: the search, the second pin, the pin, the selection.
  Escape: () => {
    hoverChannel.set(null);
    if (!clearSearch() && !clearLastPin()) clearSelection();
  },
};

const taken = [
  'textarea',
  'input:not([type="radio"], [type="checkbox"], [type="range"])',
  '[contenteditable="true"]',
  '[role="menu"] *',
  '[role="dialog"] *',
  '[role="listbox"] *',
].join();

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(taken);
}
