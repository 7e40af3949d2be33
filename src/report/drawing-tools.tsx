import type { RefObject } from 'react';
import classes from './report.module.css';

interface Drawing {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

export function DrawingTools({ drawing }: { drawing: RefObject<Drawing | null> }) {
  return (
    <div className={classes.tools}>
      <button type="button" aria-label="Zoom in" onClick={() => drawing.current?.zoomIn()}>
        +
      </button>
      <button type="button" aria-label="Zoom out" onClick={() => drawing.current?.zoomOut()}>
        −
      </button>
      <button type="button" className={classes.fit} onClick={() => drawing.current?.fit()}>
        Fit
      </button>
    </div>
  );
}
