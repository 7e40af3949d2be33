import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
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
  const isDark = chosen ?? system;
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
    documentElement.style.colorScheme = isDark ? 'dark' : 'light';
    for (const [name, colour] of Object.entries(modelColourVariables(isDark)))
      documentElement.style.setProperty(name, colour);
  }, [isDark]);
  return { isDark, toggle: () => choose(!isDark) };
}
