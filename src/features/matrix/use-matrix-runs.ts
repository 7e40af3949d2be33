import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { isSettled } from '@/queries/neighbours';
import { useActiveRun, useRuns } from '@/queries/use-workspace';
import { type View, viewStore } from '@/state/view';

/** The run that the matrix shows and the one beside it; null where there is no other. */
export function useMatrixRuns(): {
  a: RunRecord | null;
  b: RunRecord | null;
  others: readonly RunRecord[];
  shows: View['matrixShows'];
} {
  const runs = useRuns();
  const a = useActiveRun();
  const chosen = useStore(viewStore, ({ view }) => view.matrixSecond);
  const shows = useStore(viewStore, ({ view }) => view.matrixShows);
  const others = runs.filter((run) => run.id !== a?.id && isSettled(run));
  const b = others.find(({ id }) => id === chosen) ?? others[0] ?? null;
  return { a, b, others, shows: b === null ? 'a' : shows };
}
