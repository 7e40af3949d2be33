import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { overlapQuery } from '@/queries/overlap';
import { useDataset, useRuns } from '@/queries/use-workspace';
import { Message } from '@/ui/message';
import classes from './comparison-view.module.css';
import { DisagreementTable } from './disagreement-table';
import { OverlapAnswer } from './overlap-answer';
import { PairMaps } from './pair-maps';
import { spreadShares } from './shared-rows';
import { useComparedPair } from './use-compared-pair';

/** Two runs side by side: how many neighbours they share, their maps, and the rows they see most differently. */
export function ComparisonView() {
  const dataset = useDataset();
  const { pair } = useComparedPair();
  return (
    <section aria-label="Compare" className={classes.region}>
      {dataset === null || pair === null ? (
        <WaitingForRuns />
      ) : (
        <Comparison key={dataset.id} dataset={dataset} a={pair[0]} b={pair[1]} />
      )}
    </section>
  );
}

function WaitingForRuns() {
  const isEmbedding = useRuns().some(({ status }) => status === 'running' || status === 'waiting');
  return isEmbedding ? (
    <Message title="Embedding the texts">
      <span className={classes.busy}>
        <Loader size={12} aria-hidden="true" /> Two runs are compared as soon as both have their vectors.
      </span>
    </Message>
  ) : (
    <Message title="One model is not a comparison.">Embed with a second one to compare.</Message>
  );
}

interface Props {
  dataset: Dataset;
  a: RunRecord;
  b: RunRecord;
}

function Comparison({ dataset, a, b }: Props) {
  const { settled } = useComparedPair();
  const { data, error, isFetching, refetch } = useQuery(overlapQuery(dataset, a, b));
  const shares = useMemo(
    () => (data === undefined ? null : spreadShares(data, dataset.rowCount)),
    [data, dataset.rowCount],
  );
  return (
    <>
      <OverlapAnswer
        a={a}
        b={b}
        overlap={data ?? null}
        error={isFetching ? null : error}
        retry={() => void refetch()}
      />
      <PairMaps
        key={`${a.id} ${b.id}`}
        dataset={dataset}
        runs={settled}
        reference={a}
        other={b}
        sharesOf={(run) => (run.id === b.id ? shares : null)}
      />
      {data === undefined && error === null && (
        <div className={classes.later}>
          <Message title="Rows the two models see most differently">
            They are listed as soon as the neighbours of both runs are found.
          </Message>
        </div>
      )}
      {data !== undefined && data.mean !== null && (
        <DisagreementTable key={`table ${a.id} ${b.id}`} dataset={dataset} a={a} b={b} overlap={data} />
      )}
    </>
  );
}
