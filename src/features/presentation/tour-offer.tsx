import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { tourOfferQuery } from '@/queries/tour';
import { startPlaying } from '@/state/playing';
import { tourSteps } from './tour-steps';

/** Offers the tour to a first visitor, until it was taken or refused. */
export function TourOffer() {
  const { data: isOffered } = useQuery(tourOfferQuery);
  if (isOffered !== true) return null;
  return (
    <Button size="md" variant="default" onClick={startTour}>
      Take the tour
    </Button>
  );
}

export function startTour(): void {
  startPlaying('tour', tourSteps);
}
