import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { TableError } from '@/core/dataset/table';

/** Vectors that came with a source, one a row of it. */
export interface VectorColumn {
  /** Name of the column or of the file. */
  readonly name: string;
  /** Numbers of a vector. */
  readonly width: number;
  /** rows × width, row-major; NaN where a row has no vector. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A vector column without its numbers, for the screen. */
export interface VectorHead {
  readonly name: string;
  readonly width: number;
  /** Rows without a vector of this width. */
  readonly missing: number;
  /** Tells these numbers from others under the same name. */
  readonly digest: string;
}

/** More numbers than this do not fit one buffer of every browser. */
const mostNumbers = 1 << 30;
const digestDigits = 16;
const numbersDigested = 1 << 18;

/** Throws TableError, with the numbers, where rows × width are more than a page can hold in one piece. */
export function checkVectorSize(rowCount: number, width: number): void {
  if (rowCount * width <= mostNumbers) return;
  const gigabytes = ((rowCount * width * 4) / 1e9).toFixed(1);
  throw new TableError(
    `${rowCount.toLocaleString('en')} vectors of ${width.toLocaleString('en')} numbers take ${gigabytes} GB; up to ${((mostNumbers * 4) / 1e9).toFixed(1)} GB fit into a page. Bring fewer rows or shorter vectors.`,
  );
}

/** What stands for a column where its numbers are not needed. The digest covers all of up to 262,144 numbers, else as many evenly spread. */
export function headOf({ name, width, values }: VectorColumn): VectorHead {
  let missing = 0;
  for (let at = 0; at < values.length; at += width) if (Number.isNaN(values[at])) missing++;
  const step = Math.max(1, Math.ceil(values.length / numbersDigested));
  const picked =
    step === 1
      ? values
      : Float32Array.from({ length: Math.floor(values.length / step) }, (_, i) => values[i * step]!);
  const bytes = new Uint8Array(picked.buffer, picked.byteOffset, picked.byteLength);
  const hash = sha256
    .create()
    .update(utf8ToBytes(`${width} ${values.length} `))
    .update(bytes)
    .digest();
  return { name, width, missing, digest: bytesToHex(hash).slice(0, digestDigits) };
}

/**
 * Gathers the vectors of rows that come one after the other. The first usable vector says how long all are; a row whose
 * vector has another length, or holds something that is no finite number, stays without one and is counted.
 */
export class VectorGatherer {
  #width = 0;
  #values: Float32Array<ArrayBuffer> | null = null;
  #refused = 0;
  #filled = 0;

  /** @param rowCount rows there will be. */
  constructor(private readonly rowCount: number) {}

  /** Takes the vector of a row; anything that is no list of numbers is counted as refused, null and undefined are not. */
  put(row: number, vector: unknown): void {
    if (vector === null || vector === undefined) return;
    if (!isNumberList(vector) || (this.#width !== 0 && vector.length !== this.#width)) {
      this.#refused++;
      return;
    }
    if (this.#values === null) {
      this.#width = vector.length;
      checkVectorSize(this.rowCount, this.#width);
      this.#values = new Float32Array(this.rowCount * this.#width).fill(Number.NaN);
    }
    const at = row * this.#width;
    for (let i = 0; i < vector.length; i++) {
      const value = vector[i] as unknown;
      this.#values[at + i] = value === null ? Number.NaN : Number(value);
    }
    if (hasOnlyFinite(this.#values, at, at + this.#width)) this.#filled++;
    else {
      this.#values.fill(Number.NaN, at, at + this.#width);
      this.#refused++;
    }
  }

  /** The column, or null where no row had a vector, and how many rows had something that is none of that length. */
  finish(name: string): { column: VectorColumn | null; refused: number } {
    const column =
      this.#values === null || this.#filled === 0 ? null : { name, width: this.#width, values: this.#values };
    return { column, refused: this.#refused };
  }
}

/** Whether a value is a list, plain or typed, of at least two numbers; missing ones are let through, and found later. */
export function isNumberList(value: unknown): value is ArrayLike<number> {
  if (ArrayBuffer.isView(value)) return !(value instanceof DataView) && (value as Uint8Array).length >= 2;
  return Array.isArray(value) && value.length >= 2 && value.every(isNumeric);
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value === null;
}

function hasOnlyFinite(values: Float32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!Number.isFinite(values[i]!)) return false;
  return true;
}

/** Says which rows stay without a vector; null where all have one. */
export function describeRefused(name: string, refused: number): string | null {
  if (refused === 0) return null;
  const rows = refused === 1 ? '1 row' : `${refused.toLocaleString('en')} rows`;
  return `${rows} of “${name}” ${refused === 1 ? 'has' : 'have'} no vector of the usual length, or one with missing numbers; ${refused === 1 ? 'it stays' : 'they stay'} without a vector.`;
}
