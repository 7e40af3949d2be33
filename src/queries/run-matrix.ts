import { ComputeError } from '@/compute/compute-error';
import { isRemote, type RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { matrixSourceOf } from '@/queries/matrix-source';
import { listedRun, putRun } from '@/queries/run-list';

/** Runs whose matrix this dataset holds open, and what settles once it is. */
const held = new Map<string, Promise<void>>();

/** Does work again, once, where its worker was lost on the way. */
export function withNewWorker<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    const isLost =
      error instanceof ComputeError && ['crashed', 'not-loaded', 'restarted'].includes(error.code);
    if (!isLost) throw error;
    return work();
  });
}

/** Makes sure the vectors of a run are in the workers, from storage if need be. */
export async function ensureMatrix(run: RunRecord): Promise<void> {
  if (run.width === null) return;
  await hold(run, run.width, true);
  // Another tab may have got more since.
  if (compute.countMembers(run.id) < run.doneCount) await compute.refillMatrix(run.id);
  // What storage refused shows only now.
  const isUnderWay = run.status === 'running' || run.status === 'waiting';
  // Work on a run that was removed meanwhile does not bring it back.
  const isThere = listedRun(run.spec.datasetId, run.id) !== undefined;
  if (isThere && !isUnderWay && compute.countMembers(run.id) !== run.doneCount) putRun(followVectors(run));
}

/** Makes a matrix for a run whose vectors come in; what it already has comes from storage. */
export function createMatrix(run: RunRecord, width: number): Promise<void> {
  return hold(run, width, run.doneCount > 0);
}

function hold(run: RunRecord, width: number, restore: boolean): Promise<void> {
  let opened = held.get(run.id);
  if (opened === undefined) {
    const shape = { matrix: run.id, rowCount: run.rowCount, width };
    opened = matrixSourceOf(run.spec)
      .then((source) => compute.openMatrix(shape, source, restore))
      .catch((error: unknown) => {
        held.delete(run.id);
        throw error;
      });
    held.set(run.id, opened);
  }
  return opened;
}

/**
 * Takes over the vectors of texts that were embedded before, in whatever run or dataset, so that they are not sent again.
 * The record that comes back counts them.
 */
export async function fillFromStorage(run: RunRecord): Promise<RunRecord> {
  const { space, keys } = await matrixSourceOf(run.spec);
  // Without storage there is nothing to take over.
  const known = await compute.call('countKnown', { space: space.id, keys }).catch(() => []);
  const width = run.width ?? known[0]?.width ?? null;
  if (width === null) return run;
  await hold(run, width, true);
  if (known.some((other) => other.width === width)) await compute.refillMatrix(run.id);
  const members = compute.membersOf(run.id);
  const present = new Set(members);
  const isNew = run.doneCount === 0 && members.length > 0 && isRemote(run.spec.provider);
  const count = (rows: number) => rows.toLocaleString('en');
  const note = `${count(members.length)} of ${count(run.rowCount)} texts were already embedded.`;
  return {
    ...run,
    width,
    doneCount: members.length,
    failures: run.failures.filter(({ row }) => !present.has(row)),
    notes: isNew ? [...run.notes, note] : run.notes,
  };
}

/** Frees the vectors of a run. */
export function releaseMatrix(runId: string): void {
  const opened = held.get(runId);
  held.delete(runId);
  opened?.then(
    () => compute.releaseMatrix(runId),
    () => {},
  );
}

/** Frees the vectors of all runs but these. */
export function releaseMatricesExcept(runIds: ReadonlySet<string>): void {
  for (const id of held.keys()) if (!runIds.has(id)) releaseMatrix(id);
}

/** The record as its vectors say: rows that have one, failures without one. Only for a run whose matrix is open. */
export function followVectors(run: RunRecord): RunRecord {
  if (!compute.holdsMatrix(run.id)) return run;
  const members = compute.membersOf(run.id);
  const present = new Uint8Array(run.rowCount);
  for (const row of members) present[row] = 1;
  const failures = run.failures.filter(({ row }) => present[row] === 0);
  const isComplete = members.length + failures.length >= run.rowCount;
  const left = members.length === 0 ? 'no vectors' : 'partly lost';
  const status = run.status === 'done' && !isComplete ? left : run.status;
  return { ...run, doneCount: members.length, failures, status };
}
