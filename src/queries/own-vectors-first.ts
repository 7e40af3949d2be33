import type { RunRecord } from '@/core/embedding/run';
import { untilAborted } from '@/core/until-aborted';
import { isUnderWay } from '@/queries/other-tabs';
import { queryClient } from '@/queries/query-client';
import { listedRuns } from '@/queries/run-list';

const lookEveryMs = 200;

/** What is computed between vectors and the pictures of them: their map, their matrix in the order that was asked for. */
const towardsPictures = new Set<unknown>([
  'neighbours',
  'projection',
  'soon-spread',
  'seriation',
  'cluster-ground',
  'clusters',
]);

/**
 * Settles when the vectors that a person brought for a dataset are in, and no map or order of theirs is under way any more: baselines would
 * take half of the processors from what is looked at. At once where there are none. Rejects with AbortError when aborted.
 */
export async function untilOwnAreDrawn(datasetId: string, signal: AbortSignal): Promise<void> {
  // Between the vectors and the search of neighbours, and between that and the map, is a moment without work.
  for (let quietLooks = 0; quietLooks < 2; ) {
    const own = listedRuns(datasetId).filter(({ spec }) => spec.provider === 'imported');
    if (own.length === 0) return;
    quietLooks = own.some(isWorkedOn) ? 0 : quietLooks + 1;
    await untilAborted(new Promise((resolve) => setTimeout(resolve, lookEveryMs)), signal);
  }
}

function isWorkedOn(run: RunRecord): boolean {
  return (
    isUnderWay(run) ||
    queryClient.isFetching({
      predicate: ({ queryKey: [subject, runId] }) => runId === run.id && towardsPictures.has(subject),
    }) > 0
  );
}
