import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { csvLines, guardCell } from './csv-cells';
import { distinctNames } from './distinct-names';
import { formatFloat32 } from './float32-text';

/** A run and where its map puts each row. */
export interface PointsRun {
  readonly id: string;
  /** rowCount × 2, NaN for rows without a place; null while the run has no map. */
  readonly positions: Float32Array | null;
  /** What clusters are called, and of each row which one it is in, −1 for none; null where clusters are not known. */
  readonly clusters: { readonly names: readonly string[]; readonly ofRow: Int32Array } | null;
  /** How far each row's place can be believed (trustworthiness), NaN where not looked at; null where not measured. */
  readonly trust: Float32Array | null;
}

const ownColumns = ['row', 'text', 'label', 'run', 'x', 'y', 'cluster', 'trust'];
const rowsPerPart = 1000;

/**
 * Points (CSV): one line a row and run, run by run, in parts for a Blob. After the columns of its own come the dataset's
 * columns but the label's. Texts that a spreadsheet would run are guarded; run ids are not, so that they join with the
 * other exports. With `rows` (ascending) they are the only ones.
 */
export function* pointsCsv(
  dataset: Dataset,
  runs: readonly PointsRun[],
  rows?: readonly number[],
): Generator<string, void, void> {
  const label = columnNamed(dataset, dataset.labelColumn);
  const others = dataset.columns.filter((column) => column !== label);
  yield csvLines([
    [
      ...ownColumns,
      ...distinctNames(
        others.map((column) => guardCell(column.name)),
        ownColumns,
      ),
    ],
  ]);

  for (const run of runs) {
    let lines: string[][] = [];
    for (const row of rows ?? Array(dataset.rowCount).keys()) {
      lines.push([
        String(row),
        guardCell(textAt(dataset.texts, row)),
        label === undefined ? '' : guardCell(textAt(label.cells, row)),
        run.id,
        ...formatPlace(run.positions, row),
        guardCell(run.clusters?.names[run.clusters.ofRow[row]!] ?? ''),
        formatFloat32(run.trust?.[row] ?? Number.NaN),
        ...others.map((column) => guardCell(textAt(column.cells, row))),
      ]);
      if (lines.length === rowsPerPart) {
        yield csvLines(lines);
        lines = [];
      }
    }
    if (lines.length > 0) yield csvLines(lines);
  }
}

/** Both coordinates, or both empty: half a place is none. */
function formatPlace(positions: Float32Array | null, row: number): [string, string] {
  const x = formatFloat32(positions?.[row * 2] ?? Number.NaN);
  const y = formatFloat32(positions?.[row * 2 + 1] ?? Number.NaN);
  return x === '' || y === '' ? ['', ''] : [x, y];
}
