import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { choosePair } from './choose-pair';

/** The runs that can be compared, and the two that are; null where there are fewer than two. */
export function useComparedPair(): {
  settled: readonly RunRecord[];
  pair: readonly [RunRecord, RunRecord] | null;
} {
  const runs = useRuns();
  const choice = useStore(viewStore, ({ view }) => view.compared);
  const activeId = useStore(viewStore, ({ view }) => view.activeRun);
  return useMemo(() => {
    const settled = runs.filter(isSettled);
    return { settled, pair: choosePair(settled, choice, activeId) };
  }, [runs, choice, activeId]);
}
