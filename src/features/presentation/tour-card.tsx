import { Button, CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { endTourOffer } from '@/queries/tour';
import { openAddData } from '@/state/dialogs';
import { playOn, playStore, stopPlaying } from '@/state/playing';
import classes from './tour-card.module.css';

/** The words of the tour above the page, which works as always while it is there. */
export function TourCard() {
  const playing = useStore(playStore, (state) => state.playing);
  const isOn = playing?.kind === 'tour';
  useEffect(() => {
    if (!isOn) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      endTour();
    };
    window.addEventListener('keydown', leave, { capture: true });
    return () => window.removeEventListener('keydown', leave, { capture: true });
  }, [isOn]);
  if (!isOn) return null;
  const { steps, at } = playing;
  const { title, sentence } = steps[at]!;
  const isLast = at === steps.length - 1;
  return (
    <section className={classes.card} aria-label="Tour">
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <CloseButton aria-label="End the tour" size={28} iconSize={14} onClick={endTour} />
      </div>
      <p className={classes.sentence} aria-live="polite">
        {sentence}
      </p>
      <div className={classes.foot}>
        <span className={classes.count}>
          {at + 1} of {steps.length}
        </span>
        {at > 0 && (
          <Button variant="default" onClick={() => playOn(-1)}>
            Back
          </Button>
        )}
        {isLast ? (
          <Button
            onClick={() => {
              endTour();
              openAddData();
            }}
          >
            Use your own texts
          </Button>
        ) : (
          <Button onClick={() => playOn(1)}>Next</Button>
        )}
      </div>
    </section>
  );
}

function endTour(): void {
  endTourOffer();
  stopPlaying();
}
