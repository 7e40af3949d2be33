/** Some rows of a dataset, ascending; equal keys stand for equal rows. */
export interface RowSubset {
  readonly key: string;
  readonly rows: readonly number[];
}

/** Names rows by how many they are and two hashes of them (FNV-1a, and the same from the other end). */
export function subsetOf(rows: readonly number[]): RowSubset {
  const hash = (row: number, seed: number) => Math.imul(seed ^ row, 0x01000193);
  const forth = rows.reduce((seed, row) => hash(row, seed), 0x811c9dc5);
  const back = rows.reduceRight((seed, row) => hash(row, seed), 0x811c9dc5);
  return { key: `${rows.length} ${forth >>> 0} ${back >>> 0}`, rows };
}
