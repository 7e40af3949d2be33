import { Select } from '@mantine/core';
import { useState } from 'react';
import type { TableHead } from '@/queries/read-table';
import styles from './add-data-dialog.module.css';
import type { ColumnChoice } from './use-import';

const none = 'none';

const mapAxes = [
  { label: 'Map x column', description: 'Where each row lies on a map that is ready, left to right' },
  { label: 'Map y column', description: 'And from bottom to top; without both there is no such map' },
] as const;

/** Which columns of a table are the texts, the labels and the places on a map. */
export function ColumnFields({
  table,
  choice,
  hasMap,
  canJoin,
  onChoose,
  layer,
}: {
  table: TableHead;
  choice: ColumnChoice;
  /** Whether coordinates may be chosen: another set joins the map of the data that are there. */
  hasMap: boolean;
  /** Whether there are rows on the screen that a table without texts can belong to. */
  canJoin: boolean;
  onChoose: (choice: ColumnChoice) => void;
  /** Where lists open: inside the dialog, because what is outside it is hidden from assistive technology. */
  layer: HTMLElement | null;
}) {
  const options = table.columns.map(({ name }, column) => ({ value: String(column), label: name }));
  const searchable = options.length > 12;
  const { textColumn, labelColumn, coordinates } = choice;
  const [axes, setAxes] = useState<readonly [number | null, number | null]>(coordinates ?? [null, null]);
  const chooseAxis = (axis: 0 | 1, column: number | null) => {
    const [x, y] = axis === 0 ? [column, axes[1]] : [axes[0], column];
    setAxes([x, y]);
    onChoose({ ...choice, coordinates: x === null || y === null ? null : [x, y] });
  };
  const mayHaveNoTexts = textColumn === null || (canJoin && hasMap && options.length > 1);
  return (
    <div className={styles.columns}>
      <Select
        label="Text column"
        description={
          textColumn === null ? 'Rows belong to those on the screen, in order' : 'What is embedded'
        }
        data={mayHaveNoTexts ? [{ value: none, label: 'No texts' }, ...options] : options}
        value={textColumn === null ? none : String(textColumn)}
        allowDeselect={false}
        comboboxProps={{ portalProps: { target: layer ?? undefined } }}
        searchable={searchable}
        onChange={(value) => {
          if (value === null) return;
          const text = value === none ? null : Number(value);
          onChoose({ ...choice, textColumn: text, labelColumn: labelColumn === text ? null : labelColumn });
        }}
      />
      {textColumn !== null && (
        <Select
          label="Label column"
          description="What colours and groups the rows; never embedded"
          data={[
            { value: none, label: 'No label' },
            ...options.filter(({ value }) => value !== String(textColumn)),
          ]}
          value={labelColumn === null ? none : String(labelColumn)}
          allowDeselect={false}
          comboboxProps={{ portalProps: { target: layer ?? undefined } }}
          searchable={searchable}
          onChange={(value) => {
            if (value === null) return;
            onChoose({ ...choice, labelColumn: value === none ? null : Number(value) });
          }}
        />
      )}
      {hasMap &&
        options.length > (textColumn === null ? 1 : 2) &&
        mapAxes.map(({ label, description }, axis) => (
          <Select
            key={label}
            label={label}
            description={description}
            data={[{ value: none, label: 'No ready map' }, ...options]}
            value={axes[axis] == null ? none : String(axes[axis])}
            allowDeselect={false}
            comboboxProps={{ portalProps: { target: layer ?? undefined } }}
            searchable={searchable}
            onChange={(value) => {
              if (value !== null) chooseAxis(axis === 0 ? 0 : 1, value === none ? null : Number(value));
            }}
          />
        ))}
    </div>
  );
}
