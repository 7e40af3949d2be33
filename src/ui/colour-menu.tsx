import type { ColourChoice } from '@/core/dataset/colour-choice';
import { chosenColourColumn, colourColumns } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import { OptionMenu } from './option-menu';

interface Props {
  dataset: Dataset;
  /** The choice made so far; null for none made. */
  choice: ColourChoice | null;
  onChange(choice: ColourChoice): void;
}

/** By which column rows are coloured. */
export function ColourMenu({ dataset, choice, onChange }: Props) {
  const columns = colourColumns(dataset);
  const chosen = chosenColourColumn(dataset, choice);
  return (
    <OptionMenu
      label="Colour"
      value={chosen === null ? 'none' : `${columns.indexOf(chosen)}`}
      options={[
        ...columns.map(({ name }, i) => ({ value: `${i}`, label: name })),
        { value: 'none', label: 'none' },
      ]}
      onChange={(value) => {
        const column = columns[Number(value)];
        onChange(column === undefined ? { kind: 'none' } : { kind: 'column', name: column.name });
      }}
    />
  );
}
