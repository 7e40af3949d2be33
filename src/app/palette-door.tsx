import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { closePalette, dialogStore, pressEnterInPalette, typeInPalette } from '@/state/dialogs';
import { showNotice } from '@/state/notices';
import { describeMissingPart } from './missing-part';
import classes from './palette-door.module.css';
import { giveFocusBack, noteFocus } from './palette-focus';

const Palette = lazy(async () => ({
  default: (await import('./palette').catch(() => null))?.Palette ?? NoPalette,
}));

/** In place of a palette whose script did not come: says so each time it is asked for. */
function NoPalette() {
  const palette = useStore(dialogStore, (dialogs) => dialogs.palette);
  useEffect(() => {
    if (palette !== 'coming') return;
    closePalette();
    showNotice({
      tone: 'error',
      subject: 'no palette',
      headline: 'The list of commands could not be loaded.',
      text: describeMissingPart(),
      action: { label: 'Reload the page', run: () => location.reload() },
    });
  }, [palette]);
  return null;
}

/** The list of commands, loaded when it is first asked for; what is typed before it stands is typed into it. */
export function PaletteDoor() {
  const palette = useStore(dialogStore, (dialogs) => dialogs.palette);
  const [isWanted, setIsWanted] = useState(false);
  if (palette !== 'closed' && !isWanted) setIsWanted(true);
  return (
    <>
      {palette === 'coming' && <Entry />}
      {isWanted && (
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      )}
    </>
  );
}

/** The palette's field while the palette is on its way. Drawn only where that takes longer than a moment. */
function Entry() {
  const typed = useStore(dialogStore, (dialogs) => dialogs.paletteQuery);
  return (
    <div className={classes.entry}>
      <input
        ref={takeKeys}
        aria-label="Command"
        placeholder="What to do, a run, a tab, a column"
        value={typed}
        onChange={(event) => typeInPalette(event.currentTarget.value)}
        onBlur={() => {
          // Not where the palette's own field takes the keys.
          if (dialogStore.getState().palette === 'coming') closePalette();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            closePalette();
            setTimeout(giveFocusBack, 10);
          }
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) pressEnterInPalette();
        }}
      />
    </div>
  );
}

function takeKeys(input: HTMLInputElement | null): void {
  if (input === null) return;
  noteFocus();
  input.focus({ preventScroll: true });
}
