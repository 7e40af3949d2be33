import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';

/** Runs whose matrix this dataset holds open. */
const held = new Set<string>();

/** Makes sure the vectors of a run are in the workers, from storage if need be. */
export async function ensureMatrix(run: RunRecord): Promise<void> {
  if (run.width === null) return;
  if (held.has(run.id)) {
    await compute.openMatrix({ matrix: run.id, rowCount: run.rowCount, width: run.width }, true);
    compute.releaseMatrix(run.id);
    return;
  }
  held.add(run.id);
  try {
    await compute.openMatrix({ matrix: run.id, rowCount: run.rowCount, width: run.width }, true);
  } catch (error) {
    held.delete(run.id);
    throw error;
  }
}

/** Makes an empty matrix for a run whose first vectors have just come. */
export async function createMatrix(run: { id: string; rowCount: number }, width: number): Promise<void> {
  if (held.has(run.id)) return;
  held.add(run.id);
  try {
    await compute.openMatrix({ matrix: run.id, rowCount: run.rowCount, width }, false);
  } catch (error) {
    held.delete(run.id);
    throw error;
  }
}

/** Frees the vectors of a run. */
export function releaseMatrix(runId: string): void {
  if (held.delete(runId)) compute.releaseMatrix(runId);
}

/** Frees the vectors of all runs but these. */
export function releaseMatricesExcept(runIds: ReadonlySet<string>): void {
  for (const id of [...held]) if (!runIds.has(id)) releaseMatrix(id);
}
