import { useMemo } from 'react';
import { useStore } from 'zustand';
import { groupsOf } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import type { RowGroups } from '@/core/dataset/group-rows';
import type { RunRecord } from '@/core/embedding/run';
import type { OwnColours } from '@/gl/row-colours';
import { useOwnColours } from '@/queries/use-own-colours';
import { viewStore } from '@/state/view';
import { orderColumn, readOrder } from './matrix-order';
import { clusterBars } from './similarity-panel';
import { useClusterGroups } from './use-cluster-groups';

/** Groups whose colours stand beside the matrix, and what they are groups of. */
export interface Bars {
  readonly name: string;
  readonly groups: RowGroups;
  readonly own: OwnColours;
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
  const columnGroups = column === null ? null : groupsOf(column);
  const groups = wantsClusters ? clusters.groups : columnGroups;
  const title = wantsClusters ? 'Cluster' : (column?.name ?? '');
  const own = useOwnColours(dataset.id, title, groups, wantsClusters ? clusters.signatures : undefined);
  return useMemo(
    () =>
      choice === 'none' || groups === null ? null : { name: wantsClusters ? 'Clusters' : title, groups, own },
    [choice, wantsClusters, groups, title, own],
  );
}
