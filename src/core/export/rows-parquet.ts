import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import { distinctNames } from './distinct-names';
import { type PlacedRows, rowsOf } from './placed-rows';

const ownColumns = ['row', 'text', 'x', 'y', 'cluster', 'vector'] as const;
const numbersAGroup = 1 << 20;
const mostRowsAGroup = 10_000;

/** Hands on what was written after each row group, so that the file is never held twice. */
class PartsWriter extends ByteWriter {
  readonly parts: Uint8Array<ArrayBuffer>[] = [];

  flush(): void {
    this.parts.push(new Uint8Array(this.buffer.slice(0, this.index)));
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/**
 * Rows as the parts of a Parquet file: `row,text,x,y,cluster,vector` (the vector a list of float32), then the dataset's columns, as
 * numbers where every cell is one that reads back as it was written. What a row does not have is null. A colliding name becomes
 * `column:name`.
 */
export function* rowsParquet(contents: PlacedRows): Work<Uint8Array<ArrayBuffer>[]> {
  const { dataset, width, vectors, positions, clusters, runId } = contents;
  const rows = rowsOf(contents);
  const names = distinctNames(
    dataset.columns.map(({ name }) => name),
    ownColumns,
  );
  const kinds: ('INT32' | 'DOUBLE' | 'STRING')[] = [];
  for (const { cells } of dataset.columns) {
    kinds.push(numberKind(cells, rows));
    yield { done: 0, total: rows.length };
  }
  const writer = new PartsWriter();
  const file = new ParquetWriter({
    writer,
    schema: schemaOf(names.map((name, i) => ({ name, kind: kinds[i]! }))),
    kvMetadata: [
      { key: 'murmuration.dataset', value: dataset.name },
      { key: 'murmuration.run', value: runId },
      ...(dataset.labelColumn === null ? [] : [{ key: 'murmuration.label', value: dataset.labelColumn }]),
    ],
    createdBy: 'Murmuration',
  });
  const rowsAGroup = Math.min(mostRowsAGroup, Math.max(1, Math.floor(numbersAGroup / Math.max(1, width))));
  for (let from = 0; from < rows.length; from += rowsAGroup) {
    const group = rows.slice(from, from + rowsAGroup);
    const place = (axis: 0 | 1) =>
      group.map((row) => {
        const at = positions?.[2 * row + axis];
        return at === undefined || !Number.isFinite(at) ? null : at;
      });
    const vectorOf = (row: number) => {
      const vector = Array.from(vectors.subarray(row * width, (row + 1) * width));
      return width > 0 && vector.every(Number.isFinite) ? vector : null;
    };
    const columnData: ColumnSource[] = [
      { name: 'row', data: group },
      { name: 'text', data: group.map((row) => textAt(dataset.texts, row)) },
      { name: 'x', data: place(0) },
      { name: 'y', data: place(1) },
      { name: 'cluster', data: group.map((row) => clusters?.[row] ?? null) },
      // Statistics and dictionaries of vectors serve nobody and cost most of the time.
      { name: 'vector', data: group.map(vectorOf), statistics: false, encoding: 'PLAIN' },
      ...dataset.columns.map(({ cells }, i) => ({
        name: names[i]!,
        data: group.map((row) => {
          const cell = textAt(cells, row);
          if (kinds[i] === 'STRING') return cell;
          return cell === '' ? null : Number(cell);
        }),
      })),
    ];
    void file.write({ columnData, rowGroupSize: group.length });
    yield { done: from + group.length, total: rows.length };
  }
  void file.finish();
  return writer.parts;
}

function schemaOf(
  columns: readonly { readonly name: string; readonly kind: 'INT32' | 'DOUBLE' | 'STRING' }[],
): SchemaElement[] {
  const text = (name: string): SchemaElement => ({
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    repetition_type: 'OPTIONAL',
  });
  const number = (name: string, type: 'INT32' | 'DOUBLE' | 'FLOAT'): SchemaElement => ({
    name,
    type,
    repetition_type: 'OPTIONAL',
  });
  return [
    { name: 'root', num_children: ownColumns.length + columns.length },
    { name: 'row', type: 'INT32', repetition_type: 'REQUIRED' },
    { ...text('text'), repetition_type: 'REQUIRED' },
    number('x', 'FLOAT'),
    number('y', 'FLOAT'),
    text('cluster'),
    { name: 'vector', converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
    ...columns.map(({ name, kind }) => (kind === 'STRING' ? text(name) : number(name, kind))),
  ];
}

/** What a column's cells may become without loss: `007`, `1e3` and `1,5` stay texts. */
function numberKind(cells: TextColumn, rows: readonly number[]): 'INT32' | 'DOUBLE' | 'STRING' {
  let hasSome = false;
  let isWhole = true;
  for (const row of rows) {
    const cell = textAt(cells, row);
    if (cell === '') continue;
    const value = Number(cell);
    if (!Number.isFinite(value) || String(value) !== cell) return 'STRING';
    hasSome = true;
    isWhole &&= (value | 0) === value && cell !== '-0';
  }
  return !hasSome ? 'STRING' : isWhole ? 'INT32' : 'DOUBLE';
}
