import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import * as z from 'zod/mini';
import type { Dataset } from '@/core/dataset/dataset';
import { hashDataset } from '@/core/dataset/hash-dataset';
import { TableError } from '@/core/dataset/table';
import { packTexts, textsOf } from '@/core/dataset/text-column';
import { readNpy } from '@/core/dataset/vectors/read-npy';
import { checkVectorSize, type VectorColumn } from '@/core/dataset/vectors/vector-column';
import { readBaseUrl } from '@/core/embedding/base-url';
import { isRemote, type RunRecord } from '@/core/embedding/run';
import { runIdOf } from '@/core/embedding/run-id';
import {
  clustersOf,
  describeClusters,
  describeMap,
  type KeptPicture,
  keptClustersSchema,
  keptMapSchema,
  mapOf,
} from './kept-picture';
import { npyHeader } from './npy-header';

/** A run in a session: what was asked and came, and what it looks like; its vectors lie beside it. */
interface SessionRun {
  readonly record: RunRecord;
  readonly picture: KeptPicture;
  /** As they came; null where there are none. */
  readonly vectors: VectorColumn | null;
}

/** Everything that makes the screen but the key. */
export interface Session {
  readonly dataset: Dataset;
  readonly runs: readonly SessionRun[];
  /** The view as it was kept; whoever shows it checks it. */
  readonly view: unknown;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

/** What is written: vectors are NPY files in parts. */
export interface SessionContents extends Omit<Session, 'runs'> {
  readonly runs: readonly {
    readonly record: RunRecord;
    readonly npy: readonly Uint8Array[] | null;
    readonly picture: KeptPicture;
  }[];
  /** Version of the page that writes it. */
  readonly writtenBy: string;
}

type Files = ReadonlyMap<string, Uint8Array>;

const formatName = 'murmuration session';
const version = 1;
const mostBytes = 4.4e9;
/** Engines hold no much longer texts. */
const mostTextBytes = 500e6;

const count = z.number().check(z.nonnegative());
const textOptions = z.object({
  side: z.enum(['document', 'query']),
  documentPrefix: z.string(),
  queryPrefix: z.string(),
  maxTokens: z.nullable(count),
});
const runSchema = z.object({
  provider: z.enum(['featherless', 'openai-compatible', 'baseline', 'imported']),
  baseUrl: z.string(),
  model: z.string().check(z.minLength(1)),
  dimensions: z.nullable(count),
  texts: textOptions,
  failures: z.array(z.object({ row: count, reason: z.string() })),
  tokens: z.nullable(count),
  estimatedTokens: count,
  cost: z.nullable(count),
  repliedModel: z.nullable(z.string()),
  durationMs: count,
  notes: z.array(z.string()),
  createdAt: count,
  /** Name of the file of its vectors, or null. */
  vectors: z.nullable(z.string()),
  /** Absent in sessions of older pages; the map's places are in a file of their own. */
  map: z.optional(z.nullable(z.extend(keptMapSchema, { file: z.string() }))),
  clusters: z.optional(z.nullable(keptClustersSchema)),
});
const sessionSchema = z.object({
  format: z.literal(formatName),
  version: z.literal(version),
  writtenAt: count,
  writtenBy: z.optional(z.string()),
  dataset: z.object({
    name: z.string(),
    textColumn: z.nullable(z.string()),
    labelColumn: z.nullable(z.string()),
    /** Absent in sessions of older pages. */
    coordinates: z.optional(z.nullable(z.tuple([z.string(), z.string()]))),
    /** Absent where there are none. */
    addedColumns: z.optional(z.array(z.string())),
    sets: z.array(z.string()),
    columns: z.array(z.string()),
    notes: z.object({
      blankSkipped: count,
      duplicates: count,
      remarks: z.array(z.string()),
    }),
  }),
  runs: z.array(runSchema),
  view: z.unknown(),
});
const textsSchema = z.object({ texts: z.array(z.string()), columns: z.array(z.array(z.string())) });

/**
 * A session as the bytes of a ZIP: `session.json`, `texts.json` and for each run an NPY file of its map and one of its vectors,
 * where it has them. It holds no key: a record has none.
 */
export function writeSession({
  dataset,
  runs,
  view,
  writtenAt,
  writtenBy,
}: SessionContents): Uint8Array<ArrayBuffer> {
  const files: Zippable = {};
  const described = runs.map(({ record, npy, picture }, i): z.infer<typeof runSchema> => {
    const { spec } = record;
    const { provider, baseUrl, model, dimensions, texts } = spec;
    return {
      provider,
      baseUrl,
      model,
      dimensions,
      texts,
      failures: record.failures.map(({ row, reason }) => ({ row, reason })),
      tokens: record.tokens,
      estimatedTokens: record.estimatedTokens,
      cost: record.cost,
      repliedModel: record.repliedModel,
      durationMs: record.durationMs,
      notes: [...record.notes],
      createdAt: record.createdAt,
      vectors: npy === null ? null : `vectors/${i}.npy`,
      map: picture.map === null ? null : { ...describeMap(picture.map), file: `maps/${i}.npy` },
      clusters: picture.clusters === null ? null : describeClusters(picture.clusters),
    };
  });
  const session: z.infer<typeof sessionSchema> = {
    format: formatName,
    version,
    writtenAt,
    writtenBy,
    dataset: {
      name: dataset.name,
      textColumn: dataset.textColumn,
      labelColumn: dataset.labelColumn,
      coordinates: dataset.coordinates ? [...dataset.coordinates] : null,
      ...(dataset.addedColumns !== undefined && { addedColumns: [...dataset.addedColumns] }),
      sets: [...dataset.sets],
      columns: dataset.columns.map(({ name }) => name),
      notes: { ...dataset.notes, remarks: [...dataset.notes.remarks] },
    },
    runs: described,
    view,
  };
  const texts = {
    texts: textsOf(dataset.texts),
    columns: dataset.columns.map(({ cells }) => textsOf(cells)),
  };
  files['session.json'] = strToU8(JSON.stringify(session));
  files['texts.json'] = strToU8(JSON.stringify(texts));
  runs.forEach(({ npy, picture }, i) => {
    if (picture.map !== null) {
      const { positions } = picture.map;
      const header = npyHeader({ rows: dataset.rowCount, dims: 2 });
      files[`maps/${i}.npy`] = joinParts([header, new Uint8Array(positions.slice().buffer)]);
    }
    // Floats hardly shrink: they are stored as they are.
    if (npy !== null) files[`vectors/${i}.npy`] = [joinParts(npy), { level: 0 }];
  });
  return zipSync(files, { level: 6 });
}

function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Whether bytes begin as a ZIP does. */
export function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((value, i) => bytes[i] === value);
}

/**
 * Reads a session whose vectors and maps take no more than `allowedBytes`. Ids are made anew from the content, so that nothing in the file can pass for something else. Throws
 * TableError for every other file, for one that is damaged, and for one of another version.
 */
export function readSession(bytes: Uint8Array, allowedBytes = mostBytes): Session {
  const files = unpack(bytes, allowedBytes);
  const described = parse(sessionSchema, files.get('session.json'));
  const { texts, columns } = parse(textsSchema, files.get('texts.json'));
  const rowCount = texts.length;
  const about = described.dataset;
  const isWhole =
    columns.length === about.columns.length && columns.every((cells) => cells.length === rowCount);
  if (rowCount === 0 || !isWhole || texts.some((text) => text.trim() === ''))
    throw damaged('its columns do not have a cell for every text');
  const packed = packTexts(texts);
  const datasetColumns = columns.map((cells, i) => ({ name: about.columns[i]!, cells: packTexts(cells) }));
  const { addedColumns } = about;
  const ownColumns = datasetColumns.filter(({ name }) => !addedColumns?.includes(name));
  const dataset: Dataset = {
    id: hashDataset(about.name, packed, ownColumns),
    name: about.name,
    rowCount,
    texts: packed,
    textColumn: about.textColumn,
    columns: datasetColumns,
    labelColumn: about.columns.includes(about.labelColumn ?? '') ? about.labelColumn : null,
    coordinates: about.coordinates?.every((name) => about.columns.includes(name)) ? about.coordinates : null,
    ...(addedColumns !== undefined && { addedColumns }),
    sets: about.sets.length === 0 ? [about.name] : about.sets,
    notes: about.notes,
  };
  const runs = described.runs.map((run, slot): SessionRun => {
    const {
      provider,
      baseUrl,
      model,
      dimensions,
      texts: options,
      vectors: file,
      map,
      clusters,
      ...kept
    } = run;
    if (isRemote(provider)) checkAddress(baseUrl);
    const spec = { provider, baseUrl, model, dimensions, texts: options, datasetId: dataset.id };
    const vectors = file === null ? null : readVectors(model, files.get(file), rowCount);
    const done = vectors === null ? 0 : countRows(vectors);
    const failures = kept.failures.filter(({ row }) => Number.isInteger(row) && row < rowCount);
    const record: RunRecord = {
      ...kept,
      id: runIdOf(spec),
      spec,
      slot,
      failures,
      rowCount,
      doneCount: done,
      width: vectors?.width ?? null,
      status: vectors === null ? 'no vectors' : done + failures.length >= rowCount ? 'done' : 'interrupted',
      problem: null,
      waiting: null,
    };
    return { record, vectors, picture: readPicture(map ?? null, clusters ?? null, files, rowCount) };
  });
  return { dataset, runs, view: described.view, writtenAt: described.writtenAt };
}

function readPicture(
  map: (z.infer<typeof runSchema>['map'] & object) | null,
  clusters: z.infer<typeof keptClustersSchema> | null,
  files: Files,
  rowCount: number,
): KeptPicture {
  const { file = '', ...described } = map ?? {};
  const places = files.get(file);
  if (map !== null && places === undefined) throw damaged('the map of a run is missing');
  const kept = {
    map: map === null ? null : mapOf(described as typeof map, readNpy(places!), rowCount),
    clusters: clusters === null ? null : clustersOf(clusters, rowCount),
  };
  if ((map !== null && kept.map === null) || (clusters !== null && kept.clusters === null))
    throw damaged('the map or the clusters of a run do not fit its texts');
  return kept;
}

const inGigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** Sizes are looked at before anything is unpacked: a small file may promise more than a page can hold. */
function unpack(bytes: Uint8Array, allowedBytes: number): Files {
  let total = 0;
  const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
    const isText = /^(session|texts)\.json$/.test(name);
    const isWanted = isText || /^(vectors|maps)\/\d+\.npy$/.test(name);
    if (!isWanted) return false;
    if (isText && originalSize > mostTextBytes)
      throw damaged(
        `its texts unpack to ${inGigabytes(originalSize)}; up to ${inGigabytes(mostTextBytes)} can be read`,
      );
    total += originalSize;
    if (total > allowedBytes)
      throw damaged(
        `it unpacks to more than ${inGigabytes(allowedBytes)}, which is what there is for vectors`,
      );
    return true;
  };
  let files: Files;
  try {
    files = new Map(Object.entries(unzipSync(bytes, { filter })));
  } catch (error) {
    throw error instanceof TableError ? error : damaged((error as Error).message);
  }
  if (files.has('session.json') && files.has('texts.json')) return files;
  throw new TableError(
    'This is a ZIP archive, and not a session of this page. Unpack it first and open the file inside; Excel and Word files are ZIP archives too: export the sheet as CSV (UTF-8).',
  );
}

function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  bytes: Uint8Array | undefined,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(strFromU8(bytes ?? new Uint8Array()));
  } catch {
    throw damaged('a part of it is not valid JSON');
  }
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const newer = (value as { version?: unknown } | null)?.version;
  if (typeof newer === 'number' && newer > version)
    throw new TableError(
      `This session was written by a newer version of the page (${newer}; this one reads ${version}). Open it there.`,
    );
  const [issue] = parsed.error.issues;
  throw damaged(`${issue?.path.join('.') || 'its description'} is not what it should be`);
}

function checkAddress(baseUrl: string): void {
  try {
    readBaseUrl(baseUrl);
  } catch {
    throw damaged('the address of a server in it is not usable');
  }
}

function readVectors(name: string, bytes: Uint8Array | undefined, rowCount: number): VectorColumn {
  if (bytes === undefined) throw damaged('the vectors of a run are missing');
  const { rowCount: rows, width, values } = readNpy(bytes);
  if (rows !== rowCount)
    throw damaged(`${rows.toLocaleString('en')} vectors for ${rowCount.toLocaleString('en')} texts`);
  checkVectorSize(rows, width);
  return { name, width, values };
}

function countRows({ values, width }: VectorColumn): number {
  let rows = 0;
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    if (row.every(Number.isFinite) && row.some((value) => value !== 0)) rows++;
  }
  return rows;
}

function damaged(what: string): TableError {
  return new TableError(`This session cannot be opened: ${what}. The file may have been cut off or changed.`);
}
