import type { ColourChoice } from '@/core/dataset/colour-choice';
import { chosenColourColumn, defaultColour, offeredColumns } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import { OptionMenu } from './option-menu';

interface Props {
  dataset: Dataset;
  /** The choice made so far; null for none made. */
  choice: ColourChoice | null;
  onChange(choice: ColourChoice): void;
}

/** By which column rows are coloured, or by their cluster. */
export function ColourMenu({ dataset, choice, onChange }: Props) {
  const columns = offeredColumns(dataset);
  const isByCluster = (choice ?? defaultColour(dataset)).kind === 'cluster';
  const chosen = isByCluster ? null : chosenColourColumn(dataset, choice);
  return (
    <OptionMenu
      label="Colour"
      value={isByCluster ? 'cluster' : chosen === null ? 'none' : `${columns.indexOf(chosen)}`}
      options={[
        ...columns.map(({ name }, i) => ({ value: `${i}`, label: name })),
        { value: 'cluster', label: 'cluster', note: 'of the reference' },
        { value: 'none', label: 'none' },
      ]}
      onChange={(value) => {
        const column = columns[Number(value)];
        if (value === 'cluster') onChange({ kind: 'cluster' });
        else onChange(column === undefined ? { kind: 'none' } : { kind: 'column', name: column.name });
      }}
    />
  );
}
