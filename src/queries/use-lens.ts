import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { likenessQuery } from '@/queries/row-scale';
import { hoverStore } from '@/state/hover';
import { lensStore } from '@/state/lens';

/**
 * The distance lens over the maps of some runs: for each, percentiles (0 to 100) of every row's similarity to the row under
 * the pointer, null while there is none. The answer for the latest row counts; until it comes the one before stands.
 */
export function useLens(runs: readonly RunRecord[]): {
  readonly row: number | null;
  readonly percentiles: readonly (Float32Array | null)[];
} {
  const isOn = useStore(lensStore, (lens) => lens.isOn || lens.isHeld);
  const row = useStore(hoverStore, (hover) => (isOn ? hover.row : null));
  const answers = useQueries({
    queries: runs.map((run) => ({
      ...likenessQuery(run, row ?? 0),
      enabled: row !== null && run.doneCount > 0,
      placeholderData: keepPreviousData,
    })),
  });
  return { row, percentiles: answers.map(({ data }) => (row === null ? null : (data ?? null))) };
}
