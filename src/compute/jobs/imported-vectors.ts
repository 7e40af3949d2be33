import { TableError } from '@/core/dataset/table';
import { headOf, type VectorColumn, type VectorHead } from '@/core/dataset/vectors/vector-column';
import type { EmbeddingReply } from '@/core/embedding/read-embeddings';

interface Held {
  readonly column: VectorColumn;
  /** Row of the source for each row of the dataset; null where they are the same. */
  readonly sourceRows: readonly number[] | null;
}

/** Vectors that came with datasets, until they are kept. */
export class ImportedVectors {
  readonly #held = new Map<string, Held>();

  /** Remembers columns as those of a dataset. Takes no copy. */
  add(datasetId: string, columns: readonly VectorColumn[], sourceRows: readonly number[] | null): void {
    for (const column of columns)
      this.#held.set(keyOf(datasetId, headOf(column).digest), { column, sourceRows });
  }

  /** A reply as of a server. Rows without a vector, or with one of length 0, fail with that reason. Throws TableError. */
  read(datasetId: string, digest: string, rows: readonly number[]): EmbeddingReply {
    const held = this.#held.get(keyOf(datasetId, digest));
    if (held === undefined)
      throw new TableError('These vectors are no longer in memory. Add their file again to go on.');
    const { column, sourceRows } = held;
    const { width, values } = column;
    const positions: number[] = [];
    const failures: { position: number; reason: string }[] = [];
    rows.forEach((row, position) => {
      const at = (sourceRows?.[row] ?? row) * width;
      let squares = 0;
      for (let i = at; i < at + width; i++) squares += values[i]! ** 2;
      if (squares > 0 && squares < Number.POSITIVE_INFINITY) positions.push(position);
      else {
        const reason =
          squares === 0
            ? 'The vector in the file is all zeros: it has no direction.'
            : 'The file has no vector for this row.';
        failures.push({ position, reason });
      }
    });
    const picked = new Float32Array(positions.length * width);
    positions.forEach((position, i) => {
      const at = (sourceRows?.[rows[position]!] ?? rows[position]!) * width;
      picked.set(values.subarray(at, at + width), i * width);
    });
    return {
      width: positions.length === 0 ? 0 : width,
      positions: Uint32Array.from(positions),
      values: picked,
      failures,
      tokens: null,
      model: null,
      notes: [],
    };
  }

  release(datasetId: string, digest: string): void {
    this.#held.delete(keyOf(datasetId, digest));
  }
}

export function headsOf(columns: readonly VectorColumn[]): VectorHead[] {
  return columns.map(headOf);
}

function keyOf(datasetId: string, digest: string): string {
  return `${datasetId} ${digest}`;
}
