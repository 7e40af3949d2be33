import { useComputedColorScheme } from '@mantine/core';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { paletteGradient, sequentialPalette } from '@/gl/palettes';
import { playOn, playStore, stopPlaying } from '@/state/playing';
import { viewStore } from '@/state/view';
import classes from './caption.module.css';

const forward = new Set(['ArrowRight', 'ArrowDown', 'PageDown', ' ', 'Enter']);
const back = new Set(['ArrowLeft', 'ArrowUp', 'PageUp', 'Backspace']);

/** The words of the step that is presented, under its picture. Keys go on and back; Escape leaves. */
export function Caption() {
  const playing = useStore(playStore, (state) => state.playing);
  const isOn = playing?.kind === 'presentation';
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOn) return;
    bar.current?.focus({ preventScroll: true });
    // Before anything else on the page hears it: maps and lists have their own meaning for the same keys.
    const act = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isPress =
        (event.key === ' ' || event.key === 'Enter') && event.target instanceof HTMLButtonElement;
      if (isPress) return;
      if (event.key === 'Escape') stopPlaying();
      else if (forward.has(event.key)) playOn(1);
      else if (back.has(event.key)) playOn(-1);
      else if (event.key === 'Home') playOn(Number.NEGATIVE_INFINITY);
      else if (event.key === 'End') playOn(Number.POSITIVE_INFINITY);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', act, { capture: true });
    return () => window.removeEventListener('keydown', act, { capture: true });
  }, [isOn]);
  if (!isOn) return null;
  const { steps, at } = playing;
  const { title, sentence } = steps[at]!;
  return (
    <section ref={bar} tabIndex={-1} className={classes.bar} aria-label="Presentation">
      <div className={classes.words} aria-live="polite">
        <h1 className={classes.title} dir="auto">
          {title}
        </h1>
        <p className={classes.sentence} dir="auto">
          {sentence}
        </p>
        <MatrixKey />
      </div>
      <div className={classes.steps}>
        <button type="button" aria-label="Back" disabled={at === 0} onClick={() => playOn(-1)}>
          <ChevronLeft size={20} strokeWidth={1.5} />
        </button>
        <span className={classes.count}>
          {at + 1} / {steps.length}
        </span>
        <button type="button" aria-label="Next" disabled={at === steps.length - 1} onClick={() => playOn(1)}>
          <ChevronRight size={20} strokeWidth={1.5} />
        </button>
        <button type="button" aria-label="Leave the presentation" onClick={stopPlaying}>
          <X size={18} strokeWidth={1.5} />
        </button>
      </div>
    </section>
  );
}

/** What the colours of a matrix mean, since its panel with the scale is not shown. */
function MatrixKey() {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isShown = useStore(
    viewStore,
    ({ view }) =>
      view.tab === 'matrix' &&
      view.matrixPalette === 'dusk' &&
      (view.matrixShows === 'a' || view.matrixShows === 'b' || view.matrixShows === 'halves'),
  );
  if (!isShown) return null;
  return (
    <p className={classes.key}>
      less alike
      <span
        className={classes.ramp}
        style={{ background: paletteGradient(sequentialPalette(isDark)) }}
        aria-hidden="true"
      />
      more alike
    </p>
  );
}
