import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { datasetQuery } from '@/queries/dataset-query';
import { isSettled } from '@/queries/neighbours';
import { runsQuery } from '@/queries/run-list';
import { viewStore } from '@/state/view';

const noRuns: readonly RunRecord[] = [];

/** The dataset on the screen; null while it is being read. */
export function useDataset(): Dataset | null {
  const id = useStore(viewStore, ({ view }) => view.datasetId);
  return useQuery({ ...datasetQuery(id ?? ''), enabled: id !== null }).data ?? null;
}

/** Its runs in the order they were added. */
export function useRuns(): readonly RunRecord[] {
  const id = useStore(viewStore, ({ view }) => view.datasetId);
  return useQuery({ ...runsQuery(id ?? ''), enabled: id !== null }).data ?? noRuns;
}

/** The run drawn in Map and Matrix: the chosen one, or while that is gone the first that has vectors. */
export function useActiveRun(): RunRecord | null {
  const id = useStore(viewStore, ({ view }) => view.activeRun);
  const runs = useRuns();
  return runs.find((run) => run.id === id) ?? runs.find(isSettled) ?? null;
}
