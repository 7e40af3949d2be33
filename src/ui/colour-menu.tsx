import { chosenColourColumn, colourColumns, noColour } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import { OptionMenu } from './option-menu';

interface Props {
  dataset: Dataset;
  /** The choice made so far: a column's name, `none`, or null for none made. */
  choice: string | null;
  onChange(choice: string): void;
}

/** By which column rows are coloured. */
export function ColourMenu({ dataset, choice, onChange }: Props) {
  return (
    <OptionMenu
      label="Colour"
      value={chosenColourColumn(dataset, choice)?.name ?? noColour}
      options={[
        ...colourColumns(dataset).map(({ name }) => ({ value: name, label: name })),
        { value: noColour, label: 'none' },
      ]}
      onChange={onChange}
    />
  );
}
