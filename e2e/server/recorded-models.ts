import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A model that answers the texts of its recording and no others. */
export interface RecordedModel {
  readonly id: string;
  readonly dimensions: number;
  readonly rows: number;
  /** The recorded vector of a text, a view that callers must not write to; undefined for any other text. */
  find(text: string): Float32Array | undefined;
}

/**
 * Reads every `*.f32` of a folder (raw little-endian float32, rows × dims) with its `.json` sidecar
 * `{"model","rows","dims"}`, and the texts from `texts.jsonl` (field `text`) or `texts.tsv` (header row, column
 * `text` or the first, no quoting). Row i of a recording belongs to text i; of equal texts the first counts.
 *
 * @throws Error naming the file that is missing or does not fit.
 */
export function loadRecordedModels(directory: string): RecordedModel[] {
  const recordings = readdirSync(directory)
    .filter((name) => name.endsWith('.f32'))
    .sort();
  if (recordings.length === 0) throw new Error(`${directory} holds no .f32 file.`);
  const texts = readTexts(directory);
  const rowOfText = new Map<string, number>();
  texts.forEach((text, row) => {
    if (!rowOfText.has(text)) rowOfText.set(text, row);
  });
  const models = recordings.map((name) => {
    const { model, rows, dims } = readSidecar(join(directory, name.replace(/\.f32$/, '.json')));
    if (rows !== texts.length)
      throw new Error(`${name} has ${rows} rows, but there are ${texts.length} texts.`);
    const values = readFloats(join(directory, name));
    if (values.length !== rows * dims) {
      throw new Error(`${name} has ${values.length} numbers; its sidecar says ${rows} × ${dims}.`);
    }
    return {
      id: model,
      dimensions: dims,
      rows,
      find(text: string) {
        const row = rowOfText.get(text);
        return row === undefined ? undefined : values.subarray(row * dims, (row + 1) * dims);
      },
    };
  });
  const ids = new Set(models.map(({ id }) => id));
  if (ids.size < models.length) throw new Error(`Two recordings in ${directory} name the same model.`);
  return models;
}

function readSidecar(path: string): { model: string; rows: number; dims: number } {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const { model, rows, dims } = (parsed ?? {}) as Record<string, unknown>;
  if (typeof model !== 'string' || !isCount(rows) || !isCount(dims)) {
    throw new Error(`${path} lacks model (text), rows or dims (whole numbers).`);
  }
  return { model, rows, dims };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}

function readFloats(path: string): Float32Array {
  const bytes = readFileSync(path);
  if (bytes.byteLength % 4 !== 0) throw new Error(`${path} is not a whole number of float32 values.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

function readTexts(directory: string): string[] {
  const jsonLines = join(directory, 'texts.jsonl');
  if (existsSync(jsonLines))
    return readLines(jsonLines).map((line, row) => readTextField(line, row, jsonLines));
  const table = join(directory, 'texts.tsv');
  if (!existsSync(table)) throw new Error(`${directory} holds neither texts.jsonl nor texts.tsv.`);
  const [header = '', ...rows] = readLines(table);
  const column = Math.max(0, header.split('\t').indexOf('text'));
  return rows.map((row) => row.split('\t')[column] ?? '');
}

function readTextField(line: string, row: number, path: string): string {
  const parsed: unknown = JSON.parse(line);
  const text = (parsed as { text?: unknown } | null)?.text;
  if (typeof text !== 'string') throw new Error(`Line ${row + 1} of ${path} has no text field.`);
  return text;
}

function readLines(path: string): string[] {
  const content = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const lines = content.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
