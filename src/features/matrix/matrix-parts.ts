import { colourColumns, groupsOf } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import type { KeyedRows } from '@/queries/matrix-orders';

/** A part of the rows, as `view.matrixRows` and `view.matrixColumns` name it. */
export interface MatrixPart {
  readonly value: string;
  readonly label: string;
}

const separator = ':';

/** How a part is named that holds the rows of one value of a column. */
export function partOfValue(column: string, value: string): string {
  return column + separator + value;
}

/** Parts that a matrix may be cut to: all rows, the selection where there is one, every set and label. */
export function listParts(dataset: Dataset, selectedCount: number): MatrixPart[] {
  return [
    { value: 'all', label: 'All rows' },
    ...(selectedCount > 0 ? [{ value: 'selection', label: 'Selected rows' }] : []),
    ...colourColumns(dataset).flatMap((column) =>
      groupsOf(column).names.map((name) => ({
        value: partOfValue(column.name, name),
        label: `${column.name}: ${name}`,
      })),
    ),
  ];
}

/** What a part is called where the list of all is not at hand. A part that is not there any more is all rows. */
export function namePart(dataset: Dataset, part: string, hasSelection: boolean): string {
  if (part === 'selection' && hasSelection) return 'Selected rows';
  const column = colourColumns(dataset).find(({ name }) => part.startsWith(name + separator));
  if (column === undefined) return 'All rows';
  const name = part.slice(column.name.length + separator.length);
  return groupsOf(column).names.includes(name) ? `${column.name}: ${name}` : 'All rows';
}

/** The members (ascending) of a part; all of them where the part is not there any more. */
export function rowsOfPart(
  dataset: Dataset,
  part: string,
  members: Uint32Array,
  selection: readonly number[],
): KeyedRows {
  const all = { key: 'all', rows: members };
  if (part === 'selection') {
    const selected = new Set(selection);
    const rows = members.filter((row) => selected.has(row));
    return rows.length === 0 ? all : { key: `selection ${nameRows(rows)}`, rows };
  }
  for (const column of colourColumns(dataset)) {
    if (!part.startsWith(column.name + separator)) continue;
    const groups = groupsOf(columnNamed(dataset, column.name)!);
    const group = groups.names.indexOf(part.slice(column.name.length + separator.length));
    const rows = members.filter((row) => groups.groupOf[row] === group);
    if (group >= 0 && rows.length > 0) return { key: part, rows };
  }
  return all;
}

/** A short name for some rows: their count and a 32-bit FNV-1a hash. */
function nameRows(rows: Uint32Array): string {
  let hash = 0x811c9dc5;
  for (const row of rows) hash = Math.imul(hash ^ row, 0x01000193);
  return `${rows.length} ${(hash >>> 0).toString(36)}`;
}
