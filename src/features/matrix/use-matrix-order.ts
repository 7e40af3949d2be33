import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { arrangedRowsQuery, numericColumnsQuery } from '@/queries/dataset-rows';
import { type KeyedRows, seriationQuery } from '@/queries/matrix-orders';
import { similarityToRowQuery } from '@/queries/similarity-to-row';
import { commit } from '@/state/view';
import {
  type MatrixOrder,
  orderAsListed,
  orderByColumn,
  orderByGroups,
  orderByLength,
  orderByNumbers,
  orderByValues,
  readOrder,
} from './matrix-order';
import { useClusterGroups } from './use-cluster-groups';

/** Rows up to which one tree holds all (core/similarity/seriation). */
const oneTreeRows = 5000;
/** Rows whose clusters are so long in coming that alike ones are first put together without them. */
const longClusterRows = 20_000;

export interface FoundOrder {
  readonly order: MatrixOrder;
  /** `busy` while what stands there is an earlier order, input order, or one that is still being bettered. */
  readonly state: 'ready' | 'busy' | 'failed';
  /** What is to be said of the order: how it came about, why it is not there; empty for nothing. */
  readonly words: string;
  /** Tries again after a failure. */
  retry(): void;
  /** Stays with the order that stands there; null where nothing long is under way. */
  readonly stop: (() => void) | null;
}

/** Whether alike rows of large runs are put together without waiting for clusters; shared by both sides of a matrix. */
export interface Patience {
  readonly isOver: boolean;
  end(): void;
}

/** The rows of a part in the chosen order, by the given run. */
export function useMatrixOrder(
  dataset: Dataset,
  run: RunRecord,
  part: KeyedRows,
  choice: string,
  pinned: number | null,
  patience: Patience,
): FoundOrder {
  const wanted = readOrder(dataset, choice);
  const column = typeof wanted === 'string' ? null : wanted;
  const columnIndex = column === null ? 0 : dataset.columns.indexOf(column);
  const numeric = useQuery({ ...numericColumnsQuery(dataset), enabled: column !== null });
  const isNumeric = column !== null && numeric.data?.has(column.name) === true;
  const listed = useQuery({
    ...arrangedRowsQuery(dataset, ['matrix order', columnIndex], [], {
      column: columnIndex,
      isDescending: false,
    }),
    enabled: isNumeric,
  });
  const near = useQuery({
    ...similarityToRowQuery(run, pinned ?? 0),
    enabled: wanted === 'pinned' && pinned !== null,
  });
  const isLarge = part.rows.length > oneTreeRows;
  const goesByClusters = isLarge && !patience.isOver;
  const clusters = useClusterGroups(run, wanted === 'cluster' || (wanted === 'alike' && goesByClusters));
  // Rows too many for one tree go cluster by cluster; where clusters could not be found, by cuts through the whole.
  const { groups, key: groupsKey, failure } = clusters;
  const parts = goesByClusters && groups !== null ? { key: groupsKey, groupOf: groups.groupOf } : null;
  const isAwaitingParts = goesByClusters && groups === null && failure === '';
  const isSoonWorthwhile = part.rows.length > longClusterRows;
  const wantsSeriation = wanted === 'alike' && (!isAwaitingParts || isSoonWorthwhile);
  // What nobody waits for any more is stopped: one that is only not enabled would go on.
  const [alike] = useQueries({ queries: [seriationQuery(run, part, parts)].filter(() => wantsSeriation) });
  const alikeRows = alike?.data;
  const alikeError = alike?.error?.message ?? null;
  const isAlikeStopped = alike?.fetchStatus === 'idle';
  const isByCluster = parts !== null;

  const found = useMemo((): Pick<FoundOrder, 'words' | 'state'> & { order: MatrixOrder | null } => {
    const ready = (order: MatrixOrder, words = '') => ({ order, words, state: 'ready' as const });
    const busy = (words: string) => ({ order: null, words, state: 'busy' as const });
    const input = { key: 'input', rows: part.rows, tree: null };
    if (column !== null) {
      if (isNumeric) {
        if (listed.error !== null) return { order: null, words: listed.error.message, state: 'failed' };
        if (listed.data === undefined) return busy(`Sorting by ${column.name}.`);
        return ready(orderAsListed(orderByColumn(column.name), part.rows, listed.data));
      }
      return ready(orderByValues(column, part.rows));
    }
    if (wanted === 'length') return ready(orderByLength(dataset, part.rows));
    if (wanted === 'pinned') {
      if (pinned === null)
        return ready(input, 'Pin a row, and the others follow by how near they are to it.');
      if (near.data === undefined) return busy('Comparing with the pinned row.');
      return ready(orderByNumbers(`near ${run.id} ${pinned}`, part.rows, near.data));
    }
    if (wanted === 'cluster') {
      if (groups !== null) return ready(orderByGroups(groupsKey, groups, part.rows));
      if (failure === '') return busy('Looking for clusters.');
      return { order: null, words: `Clusters could not be found. ${failure}`, state: 'failed' };
    }
    if (wanted === 'alike') {
      if (alikeError !== null)
        return { order: null, words: `Alike rows were not put together. ${alikeError}`, state: 'failed' };
      if (alikeRows !== undefined) {
        const { order, tree, method } = alikeRows;
        const key = `alike ${run.id} ${run.doneCount}${isByCluster ? ' by cluster' : ''}`;
        const said = describeSeriation(method);
        if (!isAwaitingParts) return ready({ key, rows: order, tree }, said);
        const words = `${said} Clusters are being looked for, to go by them.`;
        return { order: { key, rows: order, tree }, words, state: 'busy' };
      }
      if (isAlikeStopped)
        return { order: null, words: 'Putting alike rows together was stopped.', state: 'failed' };
      return busy(
        isAwaitingParts && !isSoonWorthwhile
          ? 'Looking for clusters, to put alike rows together within each.'
          : 'Putting alike rows together.',
      );
    }
    return ready(input);
  }, [
    dataset,
    run,
    part,
    wanted,
    column,
    isNumeric,
    listed.data,
    listed.error,
    near.data,
    pinned,
    groups,
    groupsKey,
    failure,
    alikeRows,
    alikeError,
    isAlikeStopped,
    isByCluster,
    isAwaitingParts,
    isSoonWorthwhile,
  ]);

  // The last good picture stays while another order is found.
  const last = useRef<{ part: KeyedRows; order: MatrixOrder } | null>(null);
  if (found.order !== null) last.current = { part, order: found.order };
  const kept = last.current?.part === part ? last.current.order : null;
  const readyChoice = useRef('input');
  if (found.state === 'ready') readyChoice.current = choice;
  const isLong = found.state === 'busy' && (wanted === 'alike' || wanted === 'cluster');
  const stop = () =>
    found.order !== null ? patience.end() : commit({ matrixOrder: readyChoice.current }, 'Stop ordering');
  return {
    ...found,
    order: found.order ?? kept ?? { key: 'input', rows: part.rows, tree: null },
    retry: () => void alike?.refetch(),
    stop: isLong ? stop : null,
  };
}

function describeSeriation(method: 'optimal' | 'greedy' | 'parts' | 'input'): string {
  switch (method) {
    case 'optimal':
      return 'Alike rows stand together: average linkage, its leaves in the best order.';
    case 'greedy':
      return 'Alike rows stand together: average linkage, joined at the nearest ends.';
    case 'parts':
      return 'Alike rows stand together: part by part, average linkage within each.';
    case 'input':
      return 'Input order has neighbours that are more alike than any order of the tree, so it stays.';
  }
}
