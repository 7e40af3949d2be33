import { methodNames, type ProjectionMethod } from '@/core/projection/projection';

interface Layout {
  readonly method: ProjectionMethod;
  readonly done: number;
  readonly total: number;
  readonly placed: number;
}

interface Shown {
  projection: Layout | null;
  rowCount: number;
  isReady: boolean;
  isStopped: boolean;
}

/** What a map of the pair shows now, in a few words: which layout, how far, how many rows. */
export function describePane({ projection, rowCount, isReady, isStopped }: Shown): string {
  if (projection === null) return 'Looking at how the vectors spread';
  const { method, done, total, placed } = projection;
  const absent = rowCount - placed;
  const rows = `${format(placed)} ${placed === 1 ? 'row' : 'rows'}`;
  return [describeState(), rows, ...(absent > 0 ? [`${format(absent)} without a vector`] : [])].join(' · ');

  function describeState(): string {
    if (isReady) return methodNames[method];
    if (isStopped) return total > 0 ? `Stopped at step ${done} of ${total}` : 'Stopped, PCA so far';
    return total > 0 ? `${methodNames[method]}, step ${done} of ${total}` : 'PCA, then UMAP';
  }
}

function format(count: number): string {
  return count.toLocaleString('en');
}
