import { useEffect } from 'react';

const fields = 'input, textarea, select, [contenteditable]';

/** Tells when a key (such as `d`) goes down and up again, outside of text fields and without Control, Alt or Meta. */
export function useHeldKey(key: string, onHeld: (isHeld: boolean) => void): void {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const isField = event.target instanceof Element && event.target.closest(fields) !== null;
      if (event.key.toLowerCase() !== key || isField || event.ctrlKey || event.altKey || event.metaKey)
        return;
      onHeld(true);
    };
    const up = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === key) onHeld(false);
    };
    const leave = () => onHeld(false);
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', leave);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', leave);
      onHeld(false);
    };
  }, [key, onHeld]);
}
