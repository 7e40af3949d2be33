import { countOf } from '@/core/count-of';
import type { WorkProgress } from '@/core/work';
import { assembleTable, parseTable } from './parse-table';
import { type ParsedTable, TableError, type TableFormat } from './table';
import { isNpy, readNpy } from './vectors/read-npy';
import { readParquet } from './vectors/read-parquet';
import { type RawShape, readRawFloats, readRawShape } from './vectors/read-raw-floats';
import { readWord2vec, word2vecHead } from './vectors/read-word2vec';
import type { VectorColumn } from './vectors/vector-column';

/** A file that is read where it lies, by parts. */
export interface SourceFile {
  readonly name: string;
  readonly byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

const parquetMagic = [0x50, 0x41, 0x52, 0x31];
const headBytes = 4096;
const mostTextBytes = 512e6;
const mostNumberBytes = 4.4e9;

/**
 * Reads files that belong together into one table: at most one of them has texts; every array of vectors becomes a vector
 * column, in the order of the files, and every other column one of the table. Raw float32 needs its sidecar among them. Throws TableError, which names the file where
 * there are several: for what cannot be read, for two files of texts, and for counts of rows that differ. `report` is told
 * how far it is and may throw to stop. `allowedBytes` is what vectors of a Parquet file may take.
 */
export async function parseFiles(
  files: readonly SourceFile[],
  header: boolean | undefined,
  report: (progress: WorkProgress) => Promise<void>,
  allowedBytes?: number,
): Promise<ParsedTable> {
  const { shapes, others } = await splitSidecars(files);
  const tables: ParsedTable[] = [];
  for (const file of others) {
    try {
      tables.push(await parseFile(file, shapes, header, report, allowedBytes));
    } catch (error) {
      if (!(error instanceof TableError) || files.length === 1) throw error;
      throw new TableError(`${file.name}: ${error.message}`);
    }
  }
  return joinTables(tables);
}

async function parseFile(
  file: SourceFile,
  shapes: ReadonlyMap<string, RawShape>,
  header: boolean | undefined,
  report: (progress: WorkProgress) => Promise<void>,
  allowedBytes: number | undefined,
): Promise<ParsedTable> {
  const { name, byteLength } = file;
  const head = new Uint8Array(await file.slice(0, Math.min(byteLength, headBytes)));
  if (parquetMagic.every((value, i) => head[i] === value)) {
    return assembleTable(name, { format: 'parquet', ...(await readParquet(file, report, allowedBytes)) }, []);
  }
  const shape = shapes.get(stemOf(name));
  const isRaw = /\.(f32|raw|bytes)$/i.test(name) || (shape !== undefined && /\.bin$/i.test(name));
  if (isNpy(head) || isRaw) {
    const bytes = await readWhole(file, mostNumberBytes);
    if (!isRaw) return vectorTable(name, 'npy', { name: stemOf(name), ...readNpy(bytes) });
    if (shape === undefined)
      throw new TableError(
        `Raw numbers need a file beside them that says how many rows there are: ${stemOf(name)}.json with {"rows": …, "dims": …}. Choose both.`,
      );
    return vectorTable(name, 'raw float32', {
      name: shape.model ?? stemOf(name),
      ...readRawFloats(bytes, shape),
    });
  }
  if (word2vecHead(head) !== null && /\.(txt|vec|bin|w2v)$/i.test(name)) {
    const { words, width, values } = readWord2vec(await readWhole(file, mostNumberBytes));
    const vectors = [{ name: stemOf(name), width, values }];
    const columns = [{ name: 'word', cells: words }];
    return {
      ...assembleTable(name, { format: 'word2vec', columns, vectors, remarks: [] }, []),
      guessedText: 0,
    };
  }
  return parseTable({ name, bytes: await readWhole(file, mostTextBytes), header });
}

/** Sidecars of raw numbers by the name they share with them, and the files that are none. */
async function splitSidecars(files: readonly SourceFile[]) {
  const shapes = new Map<string, RawShape>();
  const others: SourceFile[] = [];
  for (const file of files) {
    const isSidecar =
      /\.json$/i.test(file.name) &&
      file.byteLength < headBytes &&
      files.some((other) => other !== file && stemOf(other.name) === stemOf(file.name));
    const shape = isSidecar
      ? readRawShape(new TextDecoder().decode(await file.slice(0, file.byteLength)))
      : null;
    if (shape === null) others.push(file);
    else shapes.set(stemOf(file.name), shape);
  }
  return { shapes, others };
}

async function readWhole(file: SourceFile, mostBytes: number): Promise<Uint8Array> {
  if (file.byteLength > mostBytes) {
    const size = countOf(Math.ceil(file.byteLength / 1e6), 'MB', 'MB');
    throw new TableError(
      `It has ${size}; up to ${Math.floor(mostBytes / 1e6).toLocaleString('en')} MB can be read at once. Split it into smaller files and add them as sets.`,
    );
  }
  return new Uint8Array(await file.slice(0, file.byteLength));
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

function vectorTable(
  name: string,
  format: TableFormat,
  { rowCount, ...column }: VectorColumn & { rowCount: number },
): ParsedTable {
  return {
    name,
    format,
    rowCount,
    hasHeader: null,
    columns: [],
    vectors: [column],
    guessedText: null,
    guessedLabel: null,
    guessedCoordinates: null,
    remarks: [],
  };
}

function joinTables(tables: readonly ParsedTable[]): ParsedTable {
  const [first, ...rest] = tables;
  if (first === undefined) throw new TableError('There is no file of texts or of vectors here.');
  if (rest.length === 0) return first;
  const [texts, second] = tables.filter(({ guessedText }) => guessedText !== null);
  if (texts !== undefined && second !== undefined) {
    throw new TableError(
      `${texts.name} and ${second.name} both hold texts. Add them one after the other, the second as another set.`,
    );
  }
  const base = texts ?? first;
  for (const { name, rowCount, vectors } of tables) {
    if (rowCount === base.rowCount) continue;
    const what = vectors.length > 0 ? 'vector' : 'place';
    throw new TableError(
      `${base.name} has ${countOf(base.rowCount, 'row')}, ${name} has ${countOf(rowCount, 'row')}: which ${what} belongs to which text cannot be told.`,
    );
  }
  const others = tables.filter((table) => table !== base);
  let { columns, guessedCoordinates } = base;
  for (const table of others) {
    const [x, y] = table.guessedCoordinates ?? [];
    if (guessedCoordinates === null && x !== undefined && y !== undefined)
      guessedCoordinates = [columns.length + x, columns.length + y];
    columns = [...columns, ...table.columns];
  }
  return {
    ...base,
    columns,
    guessedCoordinates,
    vectors: uniqueNames(tables.flatMap(({ vectors }) => vectors)),
    remarks: tables.flatMap(({ remarks }) => remarks),
  };
}

/** Vectors of the same name from several files get a number. */
function uniqueNames(vectors: readonly VectorColumn[]): VectorColumn[] {
  const counts = new Map<string, number>();
  return vectors.map((column) => {
    const count = (counts.get(column.name) ?? 0) + 1;
    counts.set(column.name, count);
    return count === 1 ? column : { ...column, name: `${column.name} (${count})` };
  });
}
