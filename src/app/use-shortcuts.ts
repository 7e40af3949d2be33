import { useHotkeys } from '@mantine/hooks';
import { hoverChannel } from '@/state/hover';
import { clearLastPin } from '@/state/pins';
import { clearSelection } from '@/state/selection';
import { redo, undo } from '@/state/view';

/** Keys that work anywhere but in a text field. */
export function useShortcuts(): void {
  useHotkeys([
    ['mod+Z', () => undo()],
    ['mod+shift+Z', () => redo()],
    ['mod+Y', () => redo()],
    [
      'Escape',
      () => {
        hoverChannel.set(null);
        if (!clearLastPin()) clearSelection();
      },
      { preventDefault: false },
    ],
  ]);
}
