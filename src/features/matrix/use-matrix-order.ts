import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { arrangedRowsQuery, numericColumnsQuery } from '@/queries/dataset-rows';
import { type KeyedRows, seriationQuery } from '@/queries/matrix-orders';
import { similarityToRowQuery } from '@/queries/similarity-to-row';
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

export interface FoundOrder {
  readonly order: MatrixOrder;
  /** `busy` while what stands there is an earlier order or input order. */
  readonly state: 'ready' | 'busy' | 'failed';
  /** What is to be said of the order: how it came about, why it is not there; empty for nothing. */
  readonly words: string;
  /** Tries again after a failure. */
  retry(): void;
}

/** The rows of a part in the chosen order, by the given run. */
export function useMatrixOrder(
  dataset: Dataset,
  run: RunRecord,
  part: KeyedRows,
  choice: string,
  pinned: number | null,
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
  const clusters = useClusterGroups(run, wanted === 'cluster' || (wanted === 'alike' && isLarge));
  // Rows too many for one tree go cluster by cluster; where clusters could not be found, by cuts through the whole.
  const parts =
    isLarge && clusters.groups !== null ? { key: clusters.key, groupOf: clusters.groups.groupOf } : null;
  const isAwaitingParts = isLarge && clusters.groups === null && clusters.failure === '';
  const alike = useQuery({
    ...seriationQuery(run, part, parts),
    enabled: wanted === 'alike' && !isAwaitingParts,
  });

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
      if (clusters.groups !== null) return ready(orderByGroups(clusters.key, clusters.groups, part.rows));
      if (clusters.failure === '') return busy('Looking for clusters.');
      return { order: null, words: `Clusters could not be found. ${clusters.failure}`, state: 'failed' };
    }
    if (wanted === 'alike') {
      if (isAwaitingParts) return busy('Looking for clusters, to put alike rows together within each.');
      if (alike.error !== null) {
        const reason = alike.error.message;
        return { order: null, words: `Alike rows were not put together. ${reason}`, state: 'failed' };
      }
      if (alike.data !== undefined) {
        const { order, tree, method } = alike.data;
        return ready(
          { key: `alike ${run.id} ${run.doneCount}`, rows: order, tree },
          describeSeriation(method),
        );
      }
      if (alike.fetchStatus === 'idle')
        return { order: null, words: 'Putting alike rows together was stopped.', state: 'failed' };
      return busy('Putting alike rows together.');
    }
    return ready(input);
  }, [
    dataset,
    run,
    part,
    wanted,
    column,
    isNumeric,
    listed,
    near.data,
    alike,
    pinned,
    clusters,
    isAwaitingParts,
  ]);

  // The last good picture stays while another order is found.
  const last = useRef<{ part: KeyedRows; order: MatrixOrder } | null>(null);
  if (found.order !== null) last.current = { part, order: found.order };
  const kept = last.current?.part === part ? last.current.order : null;
  return {
    ...found,
    order: found.order ?? kept ?? { key: 'input', rows: part.rows, tree: null },
    retry: () => void alike.refetch(),
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
