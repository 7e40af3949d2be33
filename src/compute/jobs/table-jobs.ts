import { ComputeError } from '@/compute/compute-error';
import type { LaneHandlers } from '@/compute/job';
import { loadAsset } from '@/compute/jobs/load-asset';
import { stored } from '@/compute/jobs/stored';
import { appendSet, buildDataset } from '@/core/dataset/build-dataset';
import type { Dataset } from '@/core/dataset/dataset';
import { parseTable } from '@/core/dataset/parse-table';
import sampleUrl from '@/core/dataset/sample.tsv?url';
import { type ParsedTable, TableError } from '@/core/dataset/table';
import { packTexts, textsOf } from '@/core/dataset/text-column';
import { saveDataset } from '@/storage/workspace-store';

const sampleName = 'Sample';
const headRows = 10;
/** Tables and datasets remembered; a dialog needs its latest, and one more that a slow click may still mean. */
const kept = 2;

const tables = new Map<number, ParsedTable>();
const datasets = new Map<string, Dataset>();
let lastTable = 0;

function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.delete(key);
  map.set(key, value);
  for (const old of map.keys()) {
    if (map.size <= kept) break;
    map.delete(old);
  }
}

function parseSource(name: string, content: Uint8Array | string, header?: boolean): ParsedTable {
  return typeof content === 'string'
    ? parseTable({ name, text: content, format: 'lines' })
    : parseTable({ name, bytes: content, header });
}

export const tableJobs: LaneHandlers<'table'> = {
  parseTable: ({ name, content, header }) => {
    const table = parseSource(name, content, header);
    const id = ++lastTable;
    remember(tables, id, table);
    const first = Array.from({ length: Math.min(headRows, table.rowCount) }, (_, row) => row);
    return {
      ...table,
      id,
      columns: table.columns.map((column) => ({
        name: column.name,
        cells: packTexts(textsOf(column.cells, first)),
      })),
    };
  },

  buildDataset: ({ table: id, textColumn, labelColumn, appendTo }) => {
    const table = tables.get(id);
    if (table === undefined)
      throw new TableError('What was read is no longer in memory. Choose the file again.');
    const built = buildDataset(table, { textColumn, labelColumn, name: table.name });
    const dataset = appendTo === null ? built : appendSet(appendTo, built, built.name);
    remember(datasets, dataset.id, dataset);
    return dataset;
  },

  loadSample: async () => {
    const table = parseSource('sample.tsv', await loadAsset(sampleUrl));
    const dataset = buildDataset(table, {
      textColumn: table.guessedText,
      labelColumn: table.guessedLabel,
      name: sampleName,
    });
    remember(datasets, dataset.id, dataset);
    return dataset;
  },

  saveDataset: async ({ id, savedAt }) => {
    const dataset = datasets.get(id);
    if (dataset === undefined)
      throw new ComputeError('failed', 'The dataset is no longer in the worker that built it.');
    await stored(saveDataset(dataset, savedAt));
    return null;
  },
};
