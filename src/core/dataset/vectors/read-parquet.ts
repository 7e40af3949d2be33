import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { getTreePath } from 'hyparquet/src/schema.js';
import { compressors } from 'hyparquet-compressors';
import type { NamedCells } from '@/core/dataset/read-json';
import { TableError } from '@/core/dataset/table';
import { checkTableSize } from '@/core/dataset/table-limits';
import type { WorkProgress } from '@/core/work';
import { bytesOf, checkPages, onlyLeaf, readPages } from './parquet-pages';
import { describeRefused, isNumberList, type VectorColumn, VectorGatherer } from './vector-column';

/** Columns of a Parquet file: cells as text, and vectors. */
export interface ParquetColumns {
  readonly columns: NamedCells[];
  readonly vectors: VectorColumn[];
  readonly remarks: string[];
}

/** A column becomes one string, and engines hold no longer ones. */
const mostCharacters = 500e6;
const numberTypes: readonly (string | undefined)[] = ['FLOAT', 'DOUBLE', 'INT32', 'INT64'];

/**
 * Reads a Parquet file row group by row group and page by page, so that beside what becomes of it only a few megabytes are held:
 * columns of lists of numbers become vectors, all others texts (nested values as JSON; structs and maps a row group at a time).
 * `report` is told the rows that are done, and may throw to stop. Throws TableError for what is no Parquet file, cannot be read, or
 * whose vectors would take more than `allowedBytes`.
 */
export async function readParquet(
  file: AsyncBuffer,
  report: (progress: WorkProgress) => Promise<void>,
  allowedBytes = Number.POSITIVE_INFINITY,
): Promise<ParquetColumns> {
  let metadata: FileMetaData;
  let root: SchemaTree;
  try {
    metadata = await parquetMetadataAsync(file);
    root = parquetSchema(metadata);
  } catch (error) {
    throw new TableError(`This Parquet file cannot be read: ${(error as Error).message}`);
  }
  const rowCount = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  const names = root.children.map(({ element }) => element.name);
  if (!(rowCount > 0) || names.length === 0) throw new TableError('There are no rows in this Parquet file.');
  checkTableSize(names.length, rowCount);
  checkVectorBytes(metadata, root, allowedBytes);

  const gathered = root.children.map((column) => new ColumnGatherer(column.element.name, rowCount));
  const totalBytes = metadata.row_groups.reduce((sum, group) => sum + compressedBytes(group.columns), 0);
  let bytesDone = 0;
  const advance = (bytes: number) => {
    bytesDone += bytes;
    const share = Math.min(1, bytesDone / Math.max(1, totalBytes));
    return report({ done: Math.floor(share * rowCount), total: rowCount });
  };
  await advance(0);
  let from = 0;
  for (const group of metadata.row_groups) {
    const until = from + Number(group.num_rows);
    for (const [i, column] of root.children.entries()) {
      const target = gathered[i]!;
      const name = column.element.name;
      const chunks = group.columns.filter(({ meta_data }) => meta_data?.path_in_schema[0] === name);
      const branch = onlyLeaf(root, column);
      const stop = { reason: null as unknown };
      const go = async (bytes: number) => {
        try {
          await advance(bytes);
        } catch (reason) {
          stop.reason = reason;
          throw reason;
        }
      };
      try {
        if (branch !== null && chunks.length === 1) {
          for await (const { rows, bytes } of readPages(file, chunks[0]!, branch)) {
            target.take(rows);
            await go(bytes);
          }
        } else {
          for (const chunk of chunks)
            await checkPages(file, chunk, getTreePath(root, chunk.meta_data!.path_in_schema));
          await parquetRead({
            file,
            metadata,
            compressors,
            columns: [name],
            rowStart: from,
            rowEnd: until,
            onChunk: ({ columnData }) => target.take(columnData),
          });
          await go(compressedBytes(chunks));
        }
      } catch (error) {
        if (error instanceof TableError || (stop.reason !== null && error === stop.reason)) throw error;
        throw new TableError(
          `The column “${name}” of this Parquet file cannot be read: ${(error as Error).message}`,
        );
      }
      if (target.rowsTaken !== until) {
        throw new TableError(
          `The column “${name}” of this Parquet file has ${(target.rowsTaken - from).toLocaleString('en')} rows where ${(until - from).toLocaleString('en')} are promised. The file is damaged; save it again.`,
        );
      }
    }
    from = until;
  }
  const remarks: string[] = [];
  const vectors: VectorColumn[] = [];
  const columns: NamedCells[] = [];
  for (const column of gathered) {
    const found = column.finish();
    if ('cells' in found) columns.push(found);
    else {
      if (found.column !== null) vectors.push(found.column);
      const remark = describeRefused(found.name, found.refused);
      if (remark !== null) remarks.push(remark);
    }
  }
  return { columns, vectors, remarks };
}

function compressedBytes(chunks: FileMetaData['row_groups'][number]['columns']): number {
  return chunks.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size ?? 0), 0);
}

/** Refuses, before anything is read, vectors that could not be held; with the numbers. */
function checkVectorBytes(metadata: FileMetaData, root: SchemaTree, allowedBytes: number): void {
  let bytes = 0;
  const held: string[] = [];
  for (const column of root.children) {
    const branch = onlyLeaf(root, column);
    const isVector =
      branch?.some(({ element }) => element.repetition_type === 'REPEATED') &&
      numberTypes.includes(branch.at(-1)!.element.type);
    if (!isVector) continue;
    held.push(`“${column.element.name}”`);
    for (const { columns } of metadata.row_groups)
      for (const chunk of columns)
        if (chunk.meta_data?.path_in_schema[0] === column.element.name) {
          const { start, end } = bytesOf(chunk);
          if (!(start >= 0 && end >= start)) throw new TableError('This Parquet file is damaged.');
          bytes += 4 * Number(chunk.meta_data.num_values);
        }
  }
  if (bytes <= allowedBytes) return;
  const inGigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new TableError(
    `The vectors of this file (${held.join(', ')}) take ${inGigabytes(bytes)} of memory; there are ${inGigabytes(allowedBytes)} for vectors in this browser. Bring fewer rows, shorter vectors, or fewer columns of vectors.`,
  );
}

/** Takes the rows of a column as they come: vectors from the first one on, else cells. */
class ColumnGatherer {
  rowsTaken = 0;
  #cells: string[] = [];
  #characters = 0;
  #vectors: VectorGatherer | null = null;

  constructor(
    private readonly name: string,
    private readonly rowCount: number,
  ) {}

  take(rows: ArrayLike<unknown>): void {
    if (this.rowsTaken + rows.length > this.rowCount)
      throw new TableError(
        `The column “${this.name}” of this Parquet file has more rows than are promised. The file is damaged; save it again.`,
      );
    for (let i = 0; i < rows.length; i++) {
      const value = rows[i];
      // The first value decides; lists after texts stay texts.
      if (this.#vectors === null && this.#characters === 0 && isNumberList(value)) {
        this.#vectors = new VectorGatherer(this.rowCount);
        this.#cells = [];
      }
      if (this.#vectors === null) {
        const cell = value === null || value === undefined ? '' : cellText(value);
        this.#characters += cell.length;
        this.#cells.push(cell);
      } else this.#vectors.put(this.rowsTaken, value);
      this.rowsTaken++;
    }
    if (this.#characters > mostCharacters) {
      throw new TableError(
        `The column “${this.name}” has more than ${(mostCharacters / 1e6).toLocaleString('en')} million characters, more than a page can hold in one column. Split the file, or leave that column out.`,
      );
    }
  }

  finish(): NamedCells | { name: string; column: VectorColumn | null; refused: number } {
    return this.#vectors === null
      ? { name: this.name, cells: this.#cells }
      : { name: this.name, ...this.#vectors.finish(this.name) };
  }
}

function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object')
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return String(value);
}
