import { useMediaQuery } from '@mantine/hooks';

/** Where models are chosen, in words: the panel beside the map, or on a phone the button that opens it. */
export function useModelsPlace(): string {
  const isNarrow = useMediaQuery('(max-width: 799px)', false, { getInitialValueInEffect: false });
  return isNarrow ? 'under “Data and models”, at the top left' : 'on the left';
}
