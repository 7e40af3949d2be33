import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { modelColourVariables } from '@/gl/palettes';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener);
  return () => darkQuery.removeEventListener('change', listener);
}

/** Whether the report is dark: as the system is, until a reader says otherwise. */
export function useScheme(): { isDark: boolean; toggle(): void } {
  const system = useSyncExternalStore(subscribe, () => darkQuery.matches);
  const [chosen, choose] = useState<boolean | null>(null);
  const [isPrinting, setPrinting] = useState(false);
  const isDark = !isPrinting && (chosen ?? system);
  // Paper is light; before the drawings leave their pictures for it.
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before, { capture: true });
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before, { capture: true });
      window.removeEventListener('afterprint', after);
    };
  }, []);
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
    documentElement.style.colorScheme = isDark ? 'dark' : 'light';
    for (const [name, colour] of Object.entries(modelColourVariables(isDark)))
      documentElement.style.setProperty(name, colour);
  }, [isDark]);
  return { isDark, toggle: () => choose(!isDark) };
}
