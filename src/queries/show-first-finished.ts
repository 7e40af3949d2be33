import type { RunRecord } from '@/core/embedding/run';
import { listedRuns } from '@/queries/run-list';
import { commit, viewStore } from '@/state/view';

/** The run that was shown because it was there first, not because a person chose it. */
let shownByItself: string | null = null;

/**
 * Until a person picks a run, the first that has vectors is shown; the first remote one takes the place of a baseline, and
 * so does a baseline that could read at least twice as many rows.
 */
export function showFirstFinished(run: RunRecord): void {
  const { datasetId, activeRun } = viewStore.getState().view;
  if (run.doneCount === 0 || run.spec.datasetId !== datasetId) return;
  const runs = listedRuns(datasetId);
  const active = runs.find(({ id }) => id === activeRun);
  const isFirstRemote =
    run.spec.provider !== 'baseline' &&
    run.status === 'done' &&
    !runs.some(({ id, spec, status }) => id !== run.id && spec.provider !== 'baseline' && status === 'done');
  const isBaselineShown = active?.spec.provider === 'baseline';
  const readsFarMore =
    isBaselineShown && active.id === shownByItself && run.doneCount >= 2 * active.doneCount;
  if (active !== undefined && !(isFirstRemote && isBaselineShown) && !readsFarMore) return;
  shownByItself = run.id;
  commit({ activeRun: run.id });
}
