import type { MatrixShape } from '@/compute/contract';
import { choosePartitioning } from '@/core/similarity/approximate-search';
import { foreseeSearchBytes } from '@/core/similarity/candidate-scan';

/** What a matrix needs, in bytes. */
export interface MemoryNeed {
  /** Vectors and their lengths. */
  readonly vectors: number;
  /** Working space of the workers while they search neighbours, the largest of the jobs; of a large pool those that there must be. */
  readonly work: number;
}

const neighboursSearched = 30;
/** A large pool whose workers do not all have room searches with fewer, and a matrix is let in where so many have. */
const leastSearchers = 3;
const gibibyte = 2 ** 30;

export function foreseeMemory(shape: MatrixShape, poolSize: number): MemoryNeed {
  return {
    vectors: shape.rowCount * (shape.width + 1) * 4,
    work: Math.min(leastSearchers, poolSize) * foreseeSearch(shape),
  };
}

/** How many workers of a pool may search a matrix together, beside all that is held: as many as there is memory for, at least one. */
export function countSearchers(
  shape: MatrixShape,
  heldBytes: number,
  allowedBytes: number,
  poolSize: number,
): number {
  const room = Math.floor((allowedBytes - heldBytes) / Math.max(1, foreseeSearch(shape)));
  return Math.max(1, Math.min(poolSize, room));
}

function foreseeSearch({ rowCount, width }: MatrixShape): number {
  const cutRows = choosePartitioning(rowCount, width)?.bandRows ?? null;
  return foreseeSearchBytes(rowCount, width, neighboursSearched, cutRows);
}

/** Most bytes that matrices and work may take: a quarter of the device's memory as far as browsers tell, which is up to 8 GiB. */
export function allowedMemory(): number {
  const { deviceMemory } = globalThis.navigator as object as { deviceMemory?: number };
  return ((deviceMemory ?? 8) / 4) * gibibyte;
}

/** Why a matrix is refused, with numbers, or null where it fits beside what is already there. */
export function refuseForMemory(
  shape: MatrixShape,
  need: MemoryNeed,
  heldBytes: number,
  allowedBytes: number,
): string | null {
  if (need.vectors + need.work + heldBytes <= allowedBytes) return null;
  const parts = [`${inWords(need.vectors)} for the vectors`, `${inWords(need.work)} to work with them`];
  if (heldBytes > 0) parts.push(`${inWords(heldBytes)} for other runs`);
  return (
    `${shape.rowCount.toLocaleString('en')} vectors of ${shape.width.toLocaleString('en')} numbers need ` +
    `${inWords(need.vectors + need.work + heldBytes)} of memory (${parts.join(', ')}); ` +
    `there are ${inWords(allowedBytes)}.`
  );
}

function inWords(bytes: number): string {
  const inGibibytes = bytes >= gibibyte;
  const amount = inGibibytes ? bytes / gibibyte : bytes / 2 ** 20;
  const digits = amount.toLocaleString('en', { maximumSignificantDigits: amount < 100 ? 2 : 3 });
  return `${digits} ${inGibibytes ? 'GiB' : 'MiB'}`;
}
