import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { putRun } from '@/queries/run-list';

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
  // What storage refused or took after the record was kept shows only now.
  const isUnderWay = run.status === 'running' || run.status === 'waiting';
  const actual = followVectors(run);
  if (!isUnderWay && actual.doneCount !== run.doneCount) putRun(actual);
}

/** Makes a matrix for a run whose vectors come in; what it already has comes from storage. */
export async function createMatrix(run: RunRecord, width: number): Promise<void> {
  if (held.has(run.id)) return;
  held.add(run.id);
  try {
    await compute.openMatrix({ matrix: run.id, rowCount: run.rowCount, width }, run.doneCount > 0);
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

/** The record as its vectors say: rows that have one, failures without one. Only for a run whose matrix is open. */
export function followVectors(run: RunRecord): RunRecord {
  if (!compute.holdsMatrix(run.id)) return run;
  const members = compute.membersOf(run.id);
  const present = new Uint8Array(run.rowCount);
  for (const row of members) present[row] = 1;
  const failures = run.failures.filter(({ row }) => present[row] === 0);
  const isComplete = members.length + failures.length >= run.rowCount;
  const status = run.status === 'done' && !isComplete ? 'cancelled' : run.status;
  return { ...run, doneCount: members.length, failures, status };
}
