import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { NamedCells } from '@/core/dataset/read-json';
import { TableError } from '@/core/dataset/table';
import { checkTableSize } from '@/core/dataset/table-limits';
import type { WorkProgress } from '@/core/work';
import { describeRefused, isNumberList, type VectorColumn, VectorGatherer } from './vector-column';

/** Columns of a Parquet file: cells as text, and vectors. */
export interface ParquetColumns {
  readonly columns: NamedCells[];
  readonly vectors: VectorColumn[];
  readonly remarks: string[];
}

/**
 * Reads a Parquet file row group by row group and page by page: columns of lists of numbers become vectors, all others
 * texts (nested values as JSON). `report` is told the rows that are done, and may throw to stop. Throws TableError for what
 * is no Parquet file or cannot be read.
 */
export async function readParquet(
  file: AsyncBuffer,
  report: (progress: WorkProgress) => Promise<void>,
): Promise<ParquetColumns> {
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch (error) {
    throw new TableError(`This Parquet file cannot be read: ${(error as Error).message}`);
  }
  const rowCount = Number(metadata.num_rows);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  if (rowCount === 0 || names.length === 0) throw new TableError('There are no rows in this Parquet file.');
  checkTableSize(names.length, rowCount);
  const cells = new Map<string, string[]>();
  const gatherers = new Map<string, VectorGatherer>();
  const take = (name: string, data: ArrayLike<unknown>, rowStart: number) => {
    for (let i = 0; i < data.length; i++) {
      const value = data[i];
      const row = rowStart + i;
      if (!gatherers.has(name) && !cells.has(name) && isNumberList(value))
        gatherers.set(name, new VectorGatherer(rowCount));
      const gatherer = gatherers.get(name);
      if (gatherer !== undefined) gatherer.put(row, value);
      else if (value !== null && value !== undefined) {
        let column = cells.get(name);
        if (column === undefined) {
          column = new Array<string>(rowCount).fill('');
          cells.set(name, column);
        }
        column[row] = cellText(value);
      }
    }
  };
  let done = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = done + Number(group.num_rows);
    for (const name of names) {
      await report({ done, total: rowCount });
      try {
        await parquetRead({
          file,
          metadata,
          compressors,
          columns: [name],
          rowStart: done,
          rowEnd,
          onChunk: ({ columnData, rowStart }) => take(name, columnData, rowStart),
        });
      } catch (error) {
        if (error instanceof TableError) throw error;
        throw new TableError(
          `The column “${name}” of this Parquet file cannot be read: ${(error as Error).message}`,
        );
      }
    }
    done = rowEnd;
  }
  const remarks: string[] = [];
  const vectors: VectorColumn[] = [];
  for (const [name, gatherer] of gatherers) {
    const { column, refused } = gatherer.finish(name);
    if (column !== null) vectors.push(column);
    const remark = describeRefused(name, refused);
    if (remark !== null) remarks.push(remark);
  }
  const columns = names
    .filter((name) => !gatherers.has(name))
    .map((name) => ({ name, cells: cells.get(name) ?? new Array<string>(rowCount).fill('') }));
  return { columns, vectors, remarks };
}

function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object')
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
  return String(value);
}
