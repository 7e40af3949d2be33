import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { dialogStore } from '@/state/dialogs';

const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }));

/** The list of commands, loaded when it is first asked for. */
export function PaletteDoor() {
  const isWanted = useStore(dialogStore, ({ paletteTurn }) => paletteTurn > 0);
  return isWanted ? (
    <Suspense fallback={null}>
      <Palette />
    </Suspense>
  ) : null;
}
