import { ComputeError } from '@/compute/compute-error';
import type { RowsToWrite, TableHead } from '@/compute/contract';
import { allowedMemory } from '@/compute/foresee-memory';
import { driveWork, type LaneHandlers } from '@/compute/job';
import { headsOf, ImportedVectors } from '@/compute/jobs/imported-vectors';
import { loadAsset } from '@/compute/jobs/load-asset';
import { stored } from '@/compute/jobs/stored';
import { countOf } from '@/core/count-of';
import { appendSet, buildDataset, filledRows } from '@/core/dataset/build-dataset';
import { readScale } from '@/core/dataset/column-scale';
import { readCoordinates } from '@/core/dataset/coordinates';
import type { Dataset } from '@/core/dataset/dataset';
import { joinCoordinates, keepAddedColumns } from '@/core/dataset/join-coordinates';
import { parseFiles, type SourceFile } from '@/core/dataset/parse-files';
import { parseTable } from '@/core/dataset/parse-table';
import sampleUrl from '@/core/dataset/sample.tsv?url';
import { type ParsedTable, TableError } from '@/core/dataset/table';
import { packTexts, textsOf } from '@/core/dataset/text-column';
import { neighboursJsonl } from '@/core/export/neighbours-jsonl';
import { packReport } from '@/core/export/pack-report';
import type { PlacedRows } from '@/core/export/placed-rows';
import { pointsCsv } from '@/core/export/points-csv';
import { reportHtml } from '@/core/export/report-html';
import { isZip, readSession, type Session, writeSession } from '@/core/export/session-file';
import { loadDataset, saveDataset } from '@/storage/workspace-store';

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

const imported = new ImportedVectors();

/** A dataset as it was read, with the columns that joined it when it was here before. */
async function withEarlierColumns(dataset: Dataset): Promise<Dataset> {
  const { id } = dataset;
  const earlier = await stored(loadDataset(id)).catch(() => datasets.get(id) ?? null);
  return earlier === null ? dataset : keepAddedColumns(dataset, earlier);
}

function sourceFile(file: File): SourceFile {
  return {
    name: file.name,
    byteLength: file.size,
    slice: async (start, end) => {
      try {
        return await file.slice(start, end).arrayBuffer();
      } catch (error) {
        throw new TableError(
          `The browser could not read the file: it was moved, changed or locked after it was chosen, or it is a folder. Choose it again. (${(error as Error).message})`,
        );
      }
    },
  };
}

function tableOf(id: number): ParsedTable {
  const table = tables.get(id);
  if (table === undefined)
    throw new TableError('What was read is no longer in memory. Choose the file again.');
  return table;
}

/** A single file that is a session; null for everything else. */
async function sessionOf(files: readonly File[]): Promise<Session | null> {
  const [only, ...others] = files.map(sourceFile);
  if (only === undefined || others.length > 0) return null;
  if (!isZip(new Uint8Array(await only.slice(0, 4)))) return null;
  return readSession(new Uint8Array(await only.slice(0)), allowedMemory());
}

/** Its rows as a table, and the rest; dataset and vectors stay here. */
function headOfSession({ dataset, runs, view, writtenAt }: Session): TableHead {
  remember(datasets, dataset.id, dataset);
  const first = Array.from({ length: Math.min(headRows, dataset.rowCount) }, (_, row) => row);
  const columns = [{ name: dataset.textColumn ?? 'text', cells: dataset.texts }, ...dataset.columns];
  const label = columns.findIndex(({ name }, i) => i > 0 && name === dataset.labelColumn);
  return {
    id: ++lastTable,
    name: dataset.name,
    format: 'session',
    rowCount: dataset.rowCount,
    hasHeader: null,
    columns: columns.map(({ name, cells }) => ({ name, cells: packTexts(textsOf(cells, first)) })),
    vectors: [],
    guessedText: 0,
    guessedLabel: label < 0 ? null : label,
    guessedCoordinates: null,
    remarks: dataset.notes.remarks,
    session: {
      datasetId: dataset.id,
      writtenAt,
      view,
      runs: runs.map(({ record, vectors, picture }) => {
        if (vectors === null) return { record, vectors, picture };
        imported.add(dataset.id, [vectors], null);
        return { record, vectors: headsOf([vectors])[0]!, picture };
      }),
    },
  };
}

/** The rows with their vectors read from the file of all: they are what follows its head. */
async function withVectors({ npy, ...rows }: RowsToWrite): Promise<PlacedRows> {
  const bytes = rows.dataset.rowCount * rows.width * Float32Array.BYTES_PER_ELEMENT;
  return { ...rows, vectors: new Float32Array(await npy.slice(npy.size - bytes).arrayBuffer()) };
}

/** A file out of its parts; other jobs are let in after each. */
async function joinParts(parts: Iterable<string>, context: { breathe(): Promise<void> }): Promise<Blob> {
  const written: string[] = [];
  for (const part of parts) {
    written.push(part);
    await context.breathe();
  }
  return new Blob(written);
}

export const tableJobs: LaneHandlers<'table'> = {
  parseTable: async (source, context) => {
    const session = 'files' in source ? await sessionOf(source.files) : null;
    if (session !== null) return headOfSession(session);
    const table =
      'files' in source
        ? await parseFiles(
            source.files.map(sourceFile),
            source.header,
            async (progress) => {
              context.report(progress);
              await context.breathe();
            },
            allowedMemory(),
          )
        : parseTable({ ...source, format: 'pasted' });
    const id = ++lastTable;
    remember(tables, id, table);
    const first = Array.from({ length: Math.min(headRows, table.rowCount) }, (_, row) => row);
    return {
      ...table,
      id,
      session: null,
      vectors: headsOf(table.vectors),
      columns: table.columns.map((column) => ({
        name: column.name,
        cells: packTexts(textsOf(column.cells, first)),
      })),
    };
  },

  buildDataset: async ({ table: id, textColumn, labelColumn, coordinates, appendTo }) => {
    const table = tableOf(id);
    const built = buildDataset(table, { textColumn, labelColumn, coordinates, name: table.name });
    const dataset =
      appendTo === null ? await withEarlierColumns(built) : appendSet(appendTo, built, built.name);
    remember(datasets, dataset.id, dataset);
    if (appendTo === null && table.vectors.length > 0)
      imported.add(dataset.id, table.vectors, filledRows(table.columns[textColumn]!.cells));
    return dataset;
  },

  joinCoordinates: ({ table: id, choice, dataset }) => {
    const joined = joinCoordinates(dataset, tableOf(id), choice);
    remember(datasets, joined.id, joined);
    return joined;
  },

  attachVectors: ({ table: id, datasetId, rowCount }) => {
    const table = tableOf(id);
    if (table.rowCount !== rowCount) {
      throw new TableError(
        `${table.name} has ${countOf(table.rowCount, 'vector')}, the data on the screen has ${countOf(rowCount, 'row')}: which vector belongs to which text cannot be told.`,
      );
    }
    imported.add(datasetId, table.vectors, null);
    return null;
  },

  takeSessionDataset: async ({ datasetId }) => {
    const dataset = datasets.get(datasetId);
    if (dataset === undefined)
      throw new TableError('What was read is no longer in memory. Choose the file again.');
    const whole = await withEarlierColumns(dataset);
    // A session without a map leaves the one that had joined these rows.
    const taken = { ...whole, coordinates: dataset.coordinates ?? whole.coordinates ?? null };
    remember(datasets, datasetId, taken);
    return taken;
  },

  // A file is a Blob from here on: to make one of many bytes takes as long as to copy them.
  writeSession: async ({ runs, ...contents }) => {
    const read = async (npy: Blob | null) => npy && [new Uint8Array(await npy.arrayBuffer())];
    const described = [];
    for (const run of runs) described.push({ ...run, npy: await read(run.npy) });
    return new Blob([writeSession({ ...contents, runs: described })], { type: 'application/zip' });
  },

  writePoints: ({ dataset, runs, rows }, context) =>
    joinParts(pointsCsv(dataset, runs, rows ?? undefined), context),

  writeNeighbours: ({ runs, k }, context) => joinParts(neighboursJsonl(runs, k), context),

  // What writes Parquet is fetched when it is asked for.
  writeParquet: async (contents, context) => {
    const { rowsParquet } = await import('@/core/export/rows-parquet');
    return new Blob(await driveWork(rowsParquet(await withVectors(contents)), context));
  },

  writeProjector: async (contents, context) => {
    const { projectorZip } = await import('@/core/export/projector-zip');
    return new Blob(await driveWork(projectorZip(await withVectors(contents)), context));
  },

  writeReport: async ({ contents, scriptUrl }) => {
    const script = new TextDecoder().decode(await loadAsset(scriptUrl));
    return new Blob([reportHtml(packReport(contents), script)], { type: 'text/html' });
  },

  readVectors: ({ datasetId, digest, rows }, context) => {
    const reply = imported.read(datasetId, digest, rows);
    context.transfer(reply.positions.buffer, reply.values.buffer);
    return reply;
  },

  releaseVectors: ({ datasetId, digest }) => {
    imported.release(datasetId, digest);
    for (const [id, table] of tables)
      if (headsOf(table.vectors).some((head) => head.digest === digest)) tables.delete(id);
    return null;
  },

  loadSample: async () => {
    const table = parseTable({ name: 'sample.tsv', bytes: await loadAsset(sampleUrl) });
    const dataset = buildDataset(table, {
      textColumn: table.guessedText ?? 0,
      labelColumn: table.guessedLabel,
      name: sampleName,
    });
    remember(datasets, dataset.id, dataset);
    return dataset;
  },

  readScale: ({ cells }, context) => driveWork(readScale(cells), context),

  readCoordinates: async ({ x, y }, context) => {
    const places = await driveWork(readCoordinates(x, y), context);
    context.transfer(places.buffer);
    return places;
  },

  saveDataset: async ({ id, savedAt }) => {
    const dataset = datasets.get(id);
    if (dataset === undefined)
      throw new ComputeError('failed', 'The dataset is no longer in the worker that built it.');
    await stored(saveDataset(dataset, savedAt));
    return null;
  },
};
