import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import { tourOfferQuery } from '@/queries/tour';
import { playStore, startPlaying } from '@/state/playing';
import { tourSteps } from './tour-steps';

/** Offers the tour to a first visitor, until it was taken or refused. */
export function TourOffer() {
  const { data: isOffered } = useQuery(tourOfferQuery);
  const isPlaying = useStore(playStore, ({ playing }) => playing !== null);
  if (isOffered !== true || isPlaying) return null;
  return (
    <Button size="md" variant="default" onClick={startTour}>
      Take the tour
    </Button>
  );
}

export function startTour(): void {
  startPlaying('tour', tourSteps);
}
