import type { ColourChoice } from '@/core/dataset/colour-choice';
import { chosenColourColumn, defaultColour } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';

/** What rows are coloured by, in the words of the menu. */
export function colourName(
  dataset: Dataset,
  choice: ColourChoice | null,
  runs: readonly RunRecord[],
): string {
  const shown = choice ?? defaultColour(dataset);
  switch (shown.kind) {
    case 'cluster':
      return 'cluster';
    case 'similarity':
      return 'similarity to pin';
    case 'trust':
      return 'trust';
    case 'stability':
      return 'stability';
    case 'agreement': {
      const other = runs.find(({ id }) => id === shown.run);
      return other === undefined ? 'agreement' : `agreement with ${runName(other.spec)}`;
    }
    default:
      return chosenColourColumn(dataset, choice)?.name ?? 'none';
  }
}
