import { useMemo } from 'react';
import { useStore } from 'zustand';
import { groupsOf } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import type { RowGroups } from '@/core/dataset/group-rows';
import type { RunRecord } from '@/core/embedding/run';
import { viewStore } from '@/state/view';
import { orderColumn, readOrder } from './matrix-order';
import { clusterBars } from './similarity-panel';
import { useClusterGroups } from './use-cluster-groups';

/** Groups whose colours stand beside the matrix, and what they are groups of. */
export interface Bars {
  readonly name: string;
  readonly groups: RowGroups;
}

/** The groups that are barred: of the chosen column or the clusters; until one is chosen those that the rows stand by, else the label. */
export function useBars(dataset: Dataset, run: RunRecord): Bars | null {
  const choice = useStore(viewStore, ({ view }) => view.matrixBars);
  const orderChoice = useStore(viewStore, ({ view }) => view.matrixOrder);
  const order = readOrder(dataset, orderChoice);
  const wantsClusters = choice === clusterBars || (choice === null && order === 'cluster');
  const clusters = useClusterGroups(run, wantsClusters);
  const byOrder = typeof order === 'string' ? orderColumn(dataset) : order;
  const column = choice === null ? byOrder : (columnNamed(dataset, choice) ?? orderColumn(dataset));
  const { groups } = clusters;
  return useMemo(() => {
    if (choice === 'none') return null;
    if (wantsClusters) return groups === null ? null : { name: 'Clusters', groups };
    return column === null ? null : { name: column.name, groups: groupsOf(column) };
  }, [choice, wantsClusters, groups, column]);
}
