import { type RefObject, useEffect, useRef } from 'react';
import classes from './report.module.css';

/** Puts a still picture in the place of a drawing while the page is printed: printers do not see the graphics card's memory. */
export function usePrintPicture(
  stage: RefObject<HTMLElement | null>,
  take: () => HTMLCanvasElement | null,
): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    let picture: HTMLCanvasElement | null = null;
    const before = () => {
      picture = latest.current();
      if (picture === null) return;
      picture.className = classes.printed!;
      picture.setAttribute('aria-hidden', 'true');
      // Beneath the words that stand on the drawing.
      stage.current?.querySelector('canvas')?.after(picture);
    };
    const after = () => {
      picture?.remove();
      picture = null;
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      after();
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [stage]);
}
