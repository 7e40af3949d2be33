import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildDataset } from '@/core/dataset/build-dataset';
import { columnNamed } from '@/core/dataset/dataset';
import { parseTable } from '@/core/dataset/parse-table';
import { textAt } from '@/core/dataset/text-column';
import { fitBaseline } from '@/core/embedding/baseline/fit-baseline';
import { findTwins } from '@/core/similarity/twins';
import { finishWork } from '@/core/work';
import type { Kernels } from '@/kernels/kernels';
import { type ClusteredRows, makeClusteredRows } from '../contest/clustered-rows';

/** Rows whose maps are judged. */
export interface LabelledRows extends ClusteredRows {
  readonly name: string;
  readonly n: number;
  readonly d: number;
  /** False where no labels are known: then all of them are 0. */
  readonly hasLabels: boolean;
}

const baseline = 'baseline/words-lsa';
const leastTexts = 1000;

/**
 * Rows to judge maps by: generated ones, and, where folders are named, real ones: recorded vectors (SAMPLE_VECTORS_DIR, labels from
 * its texts.jsonl) and labelled tables (SAMPLE_TEXTS_DIR, embedded by a built-in baseline). Rows with the vector of another
 * are left out, as the page does.
 */
export function* labelledRows(
  kernels: Kernels,
  shapes: readonly { readonly n: number; readonly d: number }[],
): Generator<LabelledRows, void> {
  for (const { n, d } of shapes)
    yield { name: 'generated', n, d, hasLabels: true, ...makeClusteredRows(n, d, 7) };
  const vectors = process.env.SAMPLE_VECTORS_DIR ?? '';
  if (vectors !== '')
    for (const file of readdirSync(vectors).filter((name) => name.endsWith('.f32')))
      yield readVectors(kernels, vectors, file.replace(/\.f32$/, ''));
  const texts = process.env.SAMPLE_TEXTS_DIR ?? '';
  const folder = existsSync(join(texts, 'texts')) ? join(texts, 'texts') : texts;
  if (texts !== '')
    for (const file of readdirSync(folder).filter((name) => /\.(?:csv|tsv)$/.test(name))) {
      const rows = embedTable(kernels, join(folder, file));
      if (rows !== null) yield rows;
    }
}

function readVectors(kernels: Kernels, folder: string, name: string): LabelledRows {
  const { rows: n, dims: d } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
    rows: number;
    dims: number;
  };
  const bytes = readFileSync(join(folder, `${name}.f32`));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + n * d * 4));
  const path = join(folder, 'texts.jsonl');
  const labels = existsSync(path)
    ? readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => String((JSON.parse(line) as { label?: unknown }).label ?? ''))
    : Array.from({ length: n }, () => '');
  return keepDistinct(kernels, name, values, d, labels);
}

/** Null for tables without labels, and for small ones. */
function embedTable(kernels: Kernels, path: string): LabelledRows | null {
  const table = parseTable({ name: basename(path), bytes: new Uint8Array(readFileSync(path)) });
  const { guessedText: textColumn, guessedLabel: labelColumn } = table;
  if (textColumn === null || labelColumn === null) return null;
  const dataset = buildDataset(table, { textColumn, labelColumn, name: basename(path) });
  const labelCells = columnNamed(dataset, dataset.labelColumn)?.cells;
  if (labelCells === undefined || dataset.rowCount < leastTexts) return null;
  const model = finishWork(fitBaseline(baseline, dataset.texts));
  const found = Array.from({ length: dataset.rowCount }, (_, row) => model.embed(textAt(dataset.texts, row)));
  const kept = found.flatMap((vector, row) => (vector === null ? [] : [row]));
  const values = new Float32Array(kept.length * model.width);
  kept.forEach((row, i) => {
    values.set(found[row]!, i * model.width);
  });
  const labels = kept.map((row) => textAt(labelCells, row));
  return keepDistinct(kernels, basename(path), values, model.width, labels);
}

function keepDistinct(
  kernels: Kernels,
  name: string,
  values: Float32Array<ArrayBuffer>,
  d: number,
  labels: readonly string[],
): LabelledRows {
  const count = values.length / d;
  kernels.normaliseRows(values, count, d, values, new Float32Array(count));
  const members = Uint32Array.from({ length: count }, (_, row) => row);
  const twinOf = finishWork(findTwins({ rows: { values, dims: d }, members }));
  const distinct = members.filter((row) => twinOf[row] === row);
  const rows = new Float32Array(distinct.length * d);
  distinct.forEach((row, i) => {
    rows.set(values.subarray(row * d, (row + 1) * d), i * d);
  });
  const numbers = new Map([...new Set(labels)].map((label, i) => [label, i]));
  return {
    name,
    n: distinct.length,
    d,
    rows,
    labels: Int32Array.from(distinct, (row) => numbers.get(labels[row]!)!),
    hasLabels: numbers.size > 1,
  };
}
