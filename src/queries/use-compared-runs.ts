import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { choosePair } from '@/core/comparison/choose-pair';
import { chooseReference, chooseRuns, takePart } from '@/core/comparison/choose-runs';
import type { RunRecord } from '@/core/embedding/run';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';

export interface ComparedRuns {
  /** Runs that could take part, in the order of their slots. */
  readonly able: readonly RunRecord[];
  /** The runs compared; those under way with the rows they had at their last step. Fewer than two: no comparison. */
  readonly runs: readonly RunRecord[];
  /** Those of them that are done: they have maps. */
  readonly settled: readonly RunRecord[];
  readonly reference: RunRecord | null;
  /** The pair whose maps and rows are shown; null where fewer than two runs are done. */
  readonly pair: readonly [RunRecord, RunRecord] | null;
}

/** The runs that are compared, the reference among them, and the pair that is open. */
export function useComparedRuns(): ComparedRuns {
  const all = useRuns();
  const chosen = useStore(viewStore, ({ view }) => view.comparedRuns);
  const referenceId = useStore(viewStore, ({ view }) => view.reference);
  const openPair = useStore(viewStore, ({ view }) => view.compared);
  const activeId = useStore(viewStore, ({ view }) => view.activeRun);
  const able = useSteady(all.map(takePart).filter((run) => run !== null));
  return useMemo(() => {
    const runs = chooseRuns(able, chosen);
    const settled = runs.filter(isSettled);
    const reference = chooseReference(settled.length > 0 ? settled : runs, referenceId, activeId);
    return { able, runs, settled, reference, pair: choosePair(settled, openPair, reference?.id ?? null) };
  }, [able, chosen, referenceId, openPair, activeId]);
}

/** The same array as long as the same runs take part with the same rows, however often their records change. */
function useSteady(runs: RunRecord[]): readonly RunRecord[] {
  const kept = useRef<readonly RunRecord[]>(runs);
  if (keyOf(kept.current) !== keyOf(runs)) kept.current = runs;
  return kept.current;
}

function keyOf(runs: readonly RunRecord[]): string {
  return runs.map(({ id, doneCount, status }) => `${id} ${doneCount} ${status}`).join(', ');
}
