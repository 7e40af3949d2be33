import { columnNamed, type Dataset, type DatasetColumn } from '@/core/dataset/dataset';
import { groupRows, type RowGroups } from '@/core/dataset/group-rows';
import type { TextColumn } from '@/core/dataset/text-column';

/** Name of the column that says which set a row came from; there only where there are several. */
const setColumnName = 'set';

/** Stands for "one colour for all" where a column's name is expected. */
export const noColour = 'none';

/** Columns that rows may be coloured by: the label, and the set where there are several. */
export function colourColumns(dataset: Dataset): DatasetColumn[] {
  const label = columnNamed(dataset, dataset.labelColumn);
  const set = dataset.sets.length > 1 ? columnNamed(dataset, setColumnName) : undefined;
  return [label, set].filter((column) => column !== undefined);
}

/** The column of a choice: until one is made, the label, else the set. Null is one colour for all. */
export function chosenColourColumn(dataset: Dataset, choice: string | null): DatasetColumn | null {
  const columns = colourColumns(dataset);
  if (choice === noColour) return null;
  return columns.find(({ name }) => name === choice) ?? columns[0] ?? null;
}

const groupsOfCells = new WeakMap<TextColumn, RowGroups>();

/** The groups of a column, found once. */
export function groupsOf(column: DatasetColumn): RowGroups {
  const known = groupsOfCells.get(column.cells) ?? groupRows(column.cells);
  groupsOfCells.set(column.cells, known);
  return known;
}
