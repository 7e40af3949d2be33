import { hashKey, skipToken, useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import { isSettled } from '@/queries/neighbours';
import { projectionQuery } from '@/queries/projection';
import { useActiveRun } from '@/queries/use-workspace';
import { stoppedLayouts } from '@/state/stopped-layouts';
import { viewStore } from '@/state/view';

/** Keeps the active run's map under way while another tab is read. */
export function useKeptDrawing(): void {
  const run = useActiveRun();
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const query = run !== null && isSettled(run) ? projectionQuery(run, settings) : null;
  const isStopped = useStore(
    stoppedLayouts,
    ({ keys }) => query !== null && keys.has(hashKey(query.queryKey)),
  );
  useQuery(query !== null && !isStopped ? query : { queryKey: ['no map under way'], queryFn: skipToken });
}
