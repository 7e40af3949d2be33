import { type RefObject, useEffect } from 'react';

/** Lets the wheel scroll the page over a drawing until the drawing has the focus, so that nobody gets stuck in it. */
export function useQuietWheel(stage: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const hold = (event: WheelEvent) => {
      const { current } = stage;
      if (current === null || !(event.target instanceof Node) || !current.contains(event.target)) return;
      if (!current.contains(document.activeElement) && !event.ctrlKey) event.stopPropagation();
    };
    window.addEventListener('wheel', hold, { capture: true, passive: true });
    return () => window.removeEventListener('wheel', hold, { capture: true });
  }, [stage]);
}
