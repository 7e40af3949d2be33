import type { ColourChoice } from '@/core/dataset/colour-choice';
import { mostClasses } from '@/core/dataset/column-scale';
import { columnNamed, type Dataset, type DatasetColumn } from '@/core/dataset/dataset';
import { groupingRows, inNumberOrder, type RowGroups } from '@/core/dataset/group-rows';
import { lengthColumn } from '@/core/dataset/length-column';
import type { TextColumn } from '@/core/dataset/text-column';
import { finishWork, type Work } from '@/core/work';

/** Name of the column that says which set a row came from; there only where there are several. */
const setColumnName = 'set';

/** The columns that say what a row is: the label, and the set where there are several. */
export function labelColumns(dataset: Dataset): DatasetColumn[] {
  const label = columnNamed(dataset, dataset.labelColumn);
  const set = dataset.sets.length > 1 ? columnNamed(dataset, setColumnName) : undefined;
  return [label, set].filter((column) => column !== undefined);
}

/** All columns of the dataset, those that say what a row is first. */
export function colourColumns(dataset: Dataset): DatasetColumn[] {
  const first = labelColumns(dataset);
  return [...first, ...dataset.columns.filter((column) => !first.includes(column))];
}

/** What rows may be coloured by besides their clusters: the columns, and what the page works out of the texts. */
export function offeredColumns(dataset: Dataset): DatasetColumn[] {
  const length = lengthColumn(dataset);
  return length === null ? colourColumns(dataset) : [...colourColumns(dataset), length];
}

/** The column of that name, of the dataset or worked out of its texts; undefined where there is none. */
export function offeredColumn(dataset: Dataset, name: string | null): DatasetColumn | undefined {
  const given = columnNamed(dataset, name);
  if (given !== undefined || name === null) return given;
  const length = lengthColumn(dataset);
  return length?.name === name ? length : undefined;
}

/** Until something is chosen: the column that says what a row is, or, where there is none, its cluster. */
export function defaultColour(dataset: Dataset): ColourChoice {
  const [column] = labelColumns(dataset);
  return column === undefined ? { kind: 'cluster' } : { kind: 'column', name: column.name };
}

/**
 * The column of a choice: until one is made, the label, else the set; so too where the choice is none of the columns. Null is
 * one colour for all.
 */
export function chosenColourColumn(dataset: Dataset, choice: ColourChoice | null): DatasetColumn | null {
  if (choice?.kind === 'none') return null;
  const named = choice?.kind === 'column' ? offeredColumn(dataset, choice.name) : undefined;
  return named ?? labelColumns(dataset)[0] ?? null;
}

const groupsOfCells = new WeakMap<TextColumn, RowGroups>();

/** The groups of a column, found once; a few numbers stand in their order. */
export function groupsOf(column: DatasetColumn): RowGroups {
  return finishWork(findingGroups(column));
}

/** Finds the groups of a column in pieces, so that `groupsOf` has them at once. */
export function* findingGroups({ cells }: DatasetColumn): Work<RowGroups> {
  const known = groupsOfCells.get(cells);
  if (known !== undefined) return known;
  const found = inNumberOrder(yield* groupingRows(cells), mostClasses);
  groupsOfCells.set(cells, found);
  return found;
}
