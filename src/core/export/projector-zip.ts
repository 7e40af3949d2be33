import { strToU8, Zip, ZipDeflate } from 'fflate';
import { textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import { distinctNames } from './distinct-names';
import { formatFloat32 } from './float32-text';
import { type PlacedRows, rowsOf } from './placed-rows';

const ownColumns = ['text', 'row', 'x', 'y', 'cluster'] as const;
const numbersAPart = 1 << 16;
/** A number takes about 12 characters; a ZIP without extensions holds 4 GB. */
const mostNumbers = 300e6;

/**
 * The pair of files that TensorBoard's Embedding Projector loads, as the parts of a ZIP: `vectors.tsv` (one vector a line, numbers
 * that read back as the same float32) and `metadata.tsv` (a line of names, then `text,row,x,y,cluster` and the dataset's columns).
 * Rows without a vector are in neither. Tabs and line ends in cells become spaces, as the format knows no quotes.
 * @throws RangeError where the vectors have more numbers than such a file is made for
 */
export function* projectorZip(contents: PlacedRows): Work<Uint8Array<ArrayBuffer>[]> {
  const { dataset, width, vectors, positions, clusters } = contents;
  const rows = rowsOf(contents).filter((row) => width > 0 && Number.isFinite(vectors[row * width]!));
  if (rows.length * width > mostNumbers)
    throw new RangeError(
      `${rows.length.toLocaleString('en')} vectors of ${width} numbers are more than text files are made for (${mostNumbers / 1e6} million numbers). Take Parquet or NPY, or select fewer rows.`,
    );
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, part) => {
    if (error !== null) failure = error;
    else parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const add = (name: string) => {
    const entry = new ZipDeflate(name, { level: 3 });
    zip.add(entry);
    return {
      write: (text: string) => {
        entry.push(strToU8(text));
        if (failure !== null) throw failure;
      },
      end: () => entry.push(new Uint8Array(0), true),
    };
  };

  const names = distinctNames(
    dataset.columns.map(({ name }) => plainCell(name)),
    ownColumns,
  );
  const metadata = add('metadata.tsv');
  metadata.write(`${[...ownColumns, ...names].join('\t')}\n`);
  for (let from = 0; from < rows.length; from += 1000) {
    const lines = rows.slice(from, from + 1000).map((row) => {
      const place = [positions?.[2 * row] ?? Number.NaN, positions?.[2 * row + 1] ?? Number.NaN];
      const cells = [
        textAt(dataset.texts, row),
        String(row),
        ...place.map(formatFloat32),
        clusters?.[row] ?? '',
        ...dataset.columns.map((column) => textAt(column.cells, row)),
      ];
      return `${cells.map(plainCell).join('\t')}\n`;
    });
    metadata.write(lines.join(''));
    yield { done: 0, total: rows.length };
  }
  metadata.end();

  const file = add('vectors.tsv');
  const rowsAPart = Math.max(1, Math.floor(numbersAPart / Math.max(1, width)));
  for (let from = 0; from < rows.length; from += rowsAPart) {
    const lines = rows
      .slice(from, from + rowsAPart)
      .map(
        (row) =>
          `${Array.from(vectors.subarray(row * width, (row + 1) * width), formatFloat32).join('\t')}\n`,
      );
    file.write(lines.join(''));
    yield { done: Math.min(rows.length, from + rowsAPart), total: rows.length };
  }
  file.end();
  zip.end();
  if (failure !== null) throw failure;
  return parts;
}

function plainCell(cell: string): string {
  return cell.replaceAll(/[\t\r\n\v\f\u0085\u2028\u2029]+/g, ' ');
}
