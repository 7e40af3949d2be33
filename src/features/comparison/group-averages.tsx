import { Button, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { groupsOf } from '@/core/dataset/colour-column';
import { mostClasses } from '@/core/dataset/column-scale';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { rangeGroups } from '@/core/dataset/range-groups';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { columnScaleQuery } from '@/queries/row-scale';
import { Message } from '@/ui/message';
import { GroupSharesTable } from './group-shares-table';
import type { ComparedRow } from './order-by-overlap';
import { useClusters } from './use-clusters';

interface Props {
  rows: readonly ComparedRow[];
  k: number;
  chance: number | null;
  fileName: string;
}

/** Shared neighbours averaged over the values of a column, or over ranges of them where they are amounts or dates. */
export function ColumnAverages({
  dataset,
  column,
  ...rest
}: Props & { dataset: Dataset; column: DatasetColumn }) {
  const scale = useQuery(columnScaleQuery(dataset, column.name)).data;
  const isScaled = scale != null && scale.distinctCount > mostClasses;
  const groups = useMemo(
    () => (isScaled ? rangeGroups(scale) : scale === undefined ? null : groupsOf(column)),
    [isScaled, scale, column],
  );
  if (groups === null)
    return (
      <Message title={`Averages by ${column.name}`}>
        <Loader size={12} aria-hidden="true" /> Reading the column.
      </Message>
    );
  return (
    <GroupSharesTable
      {...rest}
      title={column.name}
      groups={groups}
      areRanges={isScaled}
      emptyName="no value"
    />
  );
}

/** Shared neighbours averaged over the clusters of a run. */
export function ClusterAverages({ run, ...rest }: Props & { run: RunRecord }) {
  const { groups, error, retry } = useClusters(run, true);
  if (error !== null)
    return (
      <Message title="The clusters could not be found." isAlert>
        {error.message} The vectors and the lists are kept.
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      </Message>
    );
  if (groups === null)
    return (
      <Message title="Averages by cluster">
        <Loader size={12} aria-hidden="true" /> Looking for the clusters of {runName(run.spec)}.
      </Message>
    );
  if (groups.names.length === 0)
    return (
      <Message title="There are no clusters to average over.">
        {runName(run.spec)}: no group of rows holds together better than shuffled vectors do.
      </Message>
    );
  return (
    <GroupSharesTable
      {...rest}
      title={`Cluster of ${runName(run.spec)}`}
      groups={groups}
      emptyName="no cluster"
    />
  );
}
