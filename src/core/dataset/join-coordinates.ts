import { countOf } from '@/core/count-of';
import { filledRows } from './build-dataset';
import { claimName } from './column-names';
import { columnNamed, type Dataset, type DatasetColumn } from './dataset';
import { type ParsedTable, TableError } from './table';
import { packTexts, type TextColumn, textAt, textsOf } from './text-column';

/** Which columns of a table are places, and which holds the texts that they belong to. */
export interface PlacesChoice {
  /** Null where the rows go by their order alone. */
  readonly textColumn: number | null;
  /** Across and up. */
  readonly coordinates: readonly [number, number];
}

const quotedLength = 60;

/**
 * The dataset with two columns of a table as a ready map, in the order of the rows; rows whose text is blank are left out, as they
 * are of a dataset. It stays the same dataset. Throws TableError where the rows are not as many, or a text is another one.
 */
export function joinCoordinates(dataset: Dataset, table: ParsedTable, choice: PlacesChoice): Dataset {
  const texts = choice.textColumn === null ? null : table.columns[choice.textColumn]!;
  const rows = texts === null ? null : filledRows(texts.cells);
  const count = rows?.length ?? table.rowCount;
  if (count !== dataset.rowCount) {
    const has = `${countOf(count, 'row')}${texts === null ? '' : ` with a text in “${texts.name}”`}`;
    throw new TableError(
      `It has ${has}, and the data on the screen has ${countOf(dataset.rowCount, 'row')}: which place belongs to which text cannot be told.`,
    );
  }
  if (texts !== null && rows !== null) checkTexts(dataset, texts, rows);
  const place = (column: number): DatasetColumn => {
    const { name, cells } = table.columns[column]!;
    return {
      name,
      cells: rows === null || rows.length === cells.ends.length ? cells : packTexts(textsOf(cells, rows)),
    };
  };
  const [x, y] = choice.coordinates;
  const { joined, names } = addColumns(dataset, [place(x), place(y)]);
  return { ...joined, coordinates: [names[0]!, names[1]!] };
}

/**
 * The dataset with the columns that had joined an earlier reading of it, and the map made of them: who opens the same file again
 * keeps both. `earlier` is of the same id.
 */
export function keepAddedColumns(dataset: Dataset, earlier: Dataset): Dataset {
  const had = (earlier.addedColumns ?? []).flatMap((name) => columnNamed(earlier, name) ?? []);
  if (had.length === 0) return dataset;
  const { joined, names } = addColumns(dataset, had);
  const named = new Map(had.map(({ name }, i) => [name, names[i]!]));
  const coordinates = earlier.coordinates ?? null;
  if (coordinates === null || !coordinates.some((name) => named.has(name))) return joined;
  const [x, y] = coordinates;
  return { ...joined, coordinates: [named.get(x) ?? x, named.get(y) ?? y] };
}

/** The dataset with more columns, each under a free name; one whose cells are there already is not added. With the names they have in it. */
function addColumns(
  dataset: Dataset,
  more: readonly DatasetColumn[],
): { readonly joined: Dataset; readonly names: readonly string[] } {
  const columns = [...dataset.columns];
  const added: string[] = [];
  const taken = new Set(columns.map(({ name }) => name));
  if (dataset.textColumn !== null) taken.add(dataset.textColumn);
  const names = more.map(({ name, cells }) => {
    const known = columns.find((one) => areEqual(one.cells, cells));
    if (known !== undefined) return known.name;
    const free = claimName(name, taken);
    columns.push({ name: free, cells });
    added.push(free);
    return free;
  });
  return {
    joined: { ...dataset, columns, addedColumns: [...(dataset.addedColumns ?? []), ...added] },
    names,
  };
}

function checkTexts(dataset: Dataset, { name, cells }: DatasetColumn, rows: readonly number[]): void {
  const other = rows.findIndex((row, i) => textAt(cells, row) !== textAt(dataset.texts, i));
  if (other < 0) return;
  const quote = (text: string) =>
    `“${text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text}”`;
  throw new TableError(
    `Its texts are not those on the screen: row ${other} is ${quote(textAt(dataset.texts, other))} there and ${quote(textAt(cells, rows[other]!))} in the column “${name}”. Choose the column that holds the same texts, or none to go by the order of the rows alone.`,
  );
}

function areEqual(a: TextColumn, b: TextColumn): boolean {
  return (
    a.joined === b.joined && a.ends.length === b.ends.length && a.ends.every((end, i) => end === b.ends[i])
  );
}
