import { claimName } from './column-names';
import type { Dataset, DatasetColumn } from './dataset';
import { hashDataset } from './hash-dataset';
import { type ParsedTable, TableError } from './table';
import { packTexts, type TextColumn, textAt, textsOf } from './text-column';

/** Which columns of a table are the texts and the labels, and what the dataset is called. */
export interface DatasetChoice {
  readonly textColumn: number;
  readonly labelColumn: number | null;
  /** Columns with each row's place on a map, across and up. */
  readonly coordinates?: readonly [number, number] | null;
  readonly name: string;
}

/**
 * A dataset of one set. Rows whose text is blank are left out and counted; texts that occur again are counted and stay.
 * Throws TableError where no text is left, RangeError for a text column that does not exist.
 */
export function buildDataset(table: ParsedTable, choice: DatasetChoice): Dataset {
  const source = table.columns[choice.textColumn];
  if (source === undefined) throw new RangeError(`no column ${choice.textColumn}`);
  const all = textsOf(source.cells);
  const rows = filledRows(source.cells);
  if (rows.length === 0) {
    throw new TableError(
      table.columns.length === 1
        ? 'There are no texts here: every line is blank.'
        : `There are no texts in the column “${source.name}”: every cell is blank. Choose another column.`,
    );
  }
  const kept = rows.map((row) => all[row]!);
  const texts = rows.length === all.length ? source.cells : packTexts(kept);

  const textColumn = table.format === 'lines' ? null : source.name;
  const taken = new Set(textColumn === null ? [] : [textColumn]);
  const columns: DatasetColumn[] = [];
  let labelColumn: string | null = null;
  const places: (string | undefined)[] = [undefined, undefined];
  for (const [i, column] of table.columns.entries()) {
    if (i === choice.textColumn) continue;
    const name = claimName(column.name, taken);
    if (i === choice.labelColumn) labelColumn = name;
    choice.coordinates?.forEach((column, axis) => {
      if (i === column) places[axis] = name;
    });
    columns.push({
      name,
      cells: rows.length === all.length ? column.cells : packTexts(textsOf(column.cells, rows)),
    });
  }
  const [x, y] = places;
  return {
    id: hashDataset(choice.name, texts, columns),
    name: choice.name,
    rowCount: rows.length,
    texts,
    textColumn,
    columns,
    labelColumn,
    coordinates: x === undefined || y === undefined ? null : [x, y],
    sets: [choice.name],
    notes: {
      blankSkipped: all.length - rows.length,
      duplicates: kept.length - new Set(kept).size,
      remarks: table.remarks,
    },
  };
}

/** Rows of a table that become rows of a dataset: those whose text is not blank. */
export function filledRows(cells: TextColumn): number[] {
  const rows: number[] = [];
  for (let row = 0; row < cells.ends.length; row++) if (textAt(cells, row).trim() !== '') rows.push(row);
  return rows;
}

const setColumn = 'set';

/**
 * The rows of both datasets, those of `added` last and in a set of their own; name and text column stay the base's.
 * Columns of the same name become one, the label columns too, whatever their names; cells that a set does not have are
 * empty. The column `set` names each row's set; a column of that name from a file becomes `set (column)`. A set name that
 * is taken gets a number. Duplicates are counted anew, over all sets.
 */
export function appendSet(base: Dataset, added: Dataset, setName: string): Dataset {
  const hasSets = base.sets.length > 1;
  const newSet = claimName(setName, new Set(base.sets));
  const joined = new Map<string, (string | undefined)[]>();
  const rowCount = base.rowCount + added.rowCount;
  const cellsOf = (name: string): (string | undefined)[] => {
    const cells = joined.get(name) ?? new Array<string | undefined>(rowCount);
    joined.set(name, cells);
    return cells;
  };
  const copy = (name: string, cells: DatasetColumn['cells'], offset: number): void => {
    const target = cellsOf(name);
    for (let row = 0; row < cells.ends.length; row++) target[offset + row] = textAt(cells, row);
  };

  const sets = cellsOf(setColumn);
  const baseSets = hasSets ? base.columns.find(({ name }) => name === setColumn) : undefined;
  for (let row = 0; row < rowCount; row++) {
    sets[row] = row >= base.rowCount ? newSet : baseSets ? textAt(baseSets.cells, row) : base.sets[0];
  }

  const baseNames = placeColumns(base, hasSets ? setColumn : null, new Map());
  for (const [column, name] of baseNames) copy(name, column.cells, 0);
  const baseLabel = labelName(base, baseNames);
  const pinned = new Map<string, string>();
  if (added.labelColumn !== null && baseLabel !== null) pinned.set(added.labelColumn, baseLabel);
  const addedNames = placeColumns(added, null, pinned, base.textColumn);
  for (const [column, name] of addedNames) copy(name, column.cells, base.rowCount);

  const columns = Array.from(joined, ([name, cells]) => ({
    name,
    cells: packTexts(Array.from(cells, (cell) => cell ?? '')),
  }));
  const allTexts = [...textsOf(base.texts), ...textsOf(added.texts)];
  const texts = packTexts(allTexts);
  return {
    id: hashDataset(base.name, texts, columns),
    name: base.name,
    rowCount,
    texts,
    textColumn: base.textColumn,
    columns,
    labelColumn: baseLabel ?? labelName(added, addedNames),
    coordinates: base.coordinates ?? null,
    sets: [...base.sets, newSet],
    notes: {
      blankSkipped: base.notes.blankSkipped + added.notes.blankSkipped,
      duplicates: rowCount - new Set(allTexts).size,
      remarks: [...new Set([...base.notes.remarks, ...added.notes.remarks])],
    },
  };
}

/** The name each column of a dataset gets beside a `set` column; `left` is left out, `pinned` names are given. */
function placeColumns(
  dataset: Dataset,
  left: string | null,
  pinned: ReadonlyMap<string, string>,
  textColumn: string | null = dataset.textColumn,
): Map<DatasetColumn, string> {
  const taken = new Set([setColumn, ...pinned.values()]);
  if (textColumn !== null) taken.add(textColumn);
  const own = new Set(dataset.columns.map(({ name }) => name));
  const placed = new Map<DatasetColumn, string>();
  for (const column of dataset.columns) {
    if (column.name === left) continue;
    const given = pinned.get(column.name);
    if (given !== undefined) placed.set(column, given);
    else if (column.name === setColumn) {
      placed.set(column, claimName(`${setColumn} (column)`, taken, own));
    } else placed.set(column, claimName(column.name, taken));
  }
  return placed;
}

function labelName(dataset: Dataset, placed: ReadonlyMap<DatasetColumn, string>): string | null {
  for (const [column, name] of placed) if (column.name === dataset.labelColumn) return name;
  return null;
}
