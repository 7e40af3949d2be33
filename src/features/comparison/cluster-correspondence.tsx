import { Button, Loader, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ClusterCorrespondence, compareClusters } from '@/core/clustering/cluster-correspondence';
import { countOf } from '@/core/count-of';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { Clusters } from '@/queries/clusters';
import { neighboursQuery } from '@/queries/neighbours';
import { useClusters } from '@/queries/use-clusters';
import { useOwnColours } from '@/queries/use-own-colours';
import { selectRows } from '@/state/selection';
import { Message } from '@/ui/message';
import classes from './cluster-correspondence.module.css';
import { ClusterFlow } from './cluster-flow';
import { ClusterMatrix } from './cluster-matrix';
import { CsvButton } from './csv-button';
import { correspondenceCsv } from './disagreement-csv';

/** The clusters of one run, as the two pictures need them. */
interface ClusterSide {
  readonly run: RunRecord;
  readonly clusters: Clusters;
  readonly names: readonly string[];
  /** Colours that a person gave to clusters. */
  readonly own: ReadonlyMap<number, string>;
}

export interface CorrespondenceProps {
  a: ClusterSide;
  b: ClusterSide;
  found: ClusterCorrespondence;
  /** Selects the rows in a cluster of A and one of B; null is any. */
  onSelect(inA: number | null, inB: number | null): void;
}

/** Clusters up to which flows can still be told apart. */
const mostFlows = 12;

/** Which clusters of one run are which of the other: as a matrix, or as flows where there are few. */
export function ClusterCorrespondenceView({
  a,
  b,
  fileName,
}: {
  a: RunRecord;
  b: RunRecord;
  fileName: string;
}) {
  const [picture, setPicture] = useState<'matrix' | 'flow'>('matrix');
  const ofA = useClusters(a);
  const ofB = useClusters(b);
  const membersA = useQuery(neighboursQuery(a)).data?.positionOf;
  const membersB = useQuery(neighboursQuery(b)).data?.positionOf;
  const clustersA = ofA.clusters;
  const clustersB = ofB.clusters;
  const ownA = useOwnColours(a.spec.datasetId, 'Cluster', ofA, clustersA?.signatures);
  const ownB = useOwnColours(b.spec.datasetId, 'Cluster', ofB, clustersB?.signatures);
  const found = useMemo(() => {
    if (clustersA === null || clustersB === null || membersA === undefined || membersB === undefined)
      return null;
    return compareClusters({
      a: clustersA.clusterOf,
      countA: clustersA.count,
      b: clustersB.clusterOf,
      countB: clustersB.count,
      takesPart: (row) => membersA[row]! >= 0 && membersB[row]! >= 0,
    });
  }, [clustersA, clustersB, membersA, membersB]);
  const error = ofA.error ?? ofB.error;
  if (error !== null)
    return (
      <Message title="The clusters could not be compared." isAlert>
        {error.message} The vectors are kept.
        <Button
          variant="default"
          onClick={() => {
            for (const side of [ofA, ofB]) if (side.error !== null) side.retry();
          }}
        >
          Try again
        </Button>
      </Message>
    );
  if (found === null || clustersA === null || clustersB === null)
    return (
      <p className={classes.sentence}>
        <Loader size={12} aria-hidden="true" /> Looking for the clusters of both runs.
      </p>
    );
  if (clustersA.count === 0 || clustersB.count === 0) {
    const without = [...(clustersA.count === 0 ? [a] : []), ...(clustersB.count === 0 ? [b] : [])];
    return (
      <Message title="There is nothing to compare.">
        {without.map(({ spec }) => runName(spec)).join(' and ')}: no group of rows holds together better than
        shuffled vectors do.
      </Message>
    );
  }
  const onSelect = (inA: number | null, inB: number | null) => {
    const rows: number[] = [];
    clustersA.clusterOf.forEach((cluster, row) => {
      if ((inA === null || cluster === inA) && (inB === null || clustersB.clusterOf[row] === inB))
        rows.push(row);
    });
    selectRows(rows, 'replace', 'Select shared rows');
  };
  const sides = {
    a: { run: a, clusters: clustersA, names: ofA.names, own: ownA },
    b: { run: b, clusters: clustersB, names: ofB.names, own: ownB },
  };
  const canFlow = clustersA.count <= mostFlows && clustersB.count <= mostFlows;
  const isFlow = canFlow && picture === 'flow';
  return (
    <div className={classes.view}>
      <div className={classes.head}>
        <p className={classes.sentence}>
          {describe(sides.a, sides.b, found)}
          {ofA.isBusy || ofB.isBusy ? ' They are being found anew.' : ''}
        </p>
        <CsvButton name="Clusters (CSV)" fileName={fileName} write={() => correspondenceCsv(sides, found)} />
        {canFlow && (
          <SegmentedControl
            size="xs"
            aria-label="Picture of the clusters"
            value={picture}
            onChange={(value) => setPicture(value === 'flow' ? 'flow' : 'matrix')}
            data={[
              { value: 'matrix', label: 'Matrix' },
              { value: 'flow', label: 'Flow' },
            ]}
          />
        )}
      </div>
      {isFlow ? (
        <ClusterFlow {...sides} found={found} onSelect={onSelect} />
      ) : (
        <ClusterMatrix {...sides} found={found} onSelect={onSelect} />
      )}
    </div>
  );
}

function describe(a: ClusterSide, b: ClusterSide, { shared, adjustedRand }: ClusterCorrespondence): string {
  const counts = `${countOf(a.clusters.count, 'cluster')} of ${runName(a.run.spec)}, ${b.clusters.count.toLocaleString('en')} of ${runName(b.run.spec)}, ${countOf(shared, 'row')} in one of both.`;
  if (adjustedRand === null) return counts;
  return `${counts} Adjusted Rand index ${adjustedRand.toFixed(2)}: 1 is the same groups, 0 what chance gives.`;
}
