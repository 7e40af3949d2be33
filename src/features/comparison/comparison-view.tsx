import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type CSSProperties,
  memo,
  type RefObject,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
} from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runsByScore } from '@/core/evaluation/order-runs';
import { type Comparison, comparisonQuery } from '@/queries/comparison';
import { type ComparedRuns, useComparedRuns } from '@/queries/use-compared-runs';
import { useDataset, useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { Message } from '@/ui/message';
import { AgreementMatrix } from './agreement-matrix';
import { ComparisonAnswer } from './comparison-answer';
import classes from './comparison-view.module.css';
import { DisagreementPanel } from './disagreement-panel';
import { FairInput } from './fair-input';
import { NumbersPanel } from './numbers-panel';
import { pairKey } from './pair-key';
import { PairMaps } from './pair-maps';
import { spreadShares } from './shared-rows';
import { type Agreements, useAgreements } from './use-agreements';
import { useComparisonPicture } from './use-comparison-picture';
import { useGoldScores } from './use-gold-scores';
import { useScores } from './use-scores';

/** Runs side by side: the answer, scoreboard and agreement of all, then maps and rows of the pair that is open. */
export function ComparisonView() {
  const dataset = useDataset();
  const compared = useComparedRuns();
  const view = useRef<HTMLElement>(null);
  return (
    <section ref={view} aria-label="Compare" className={classes.region}>
      {dataset === null || compared.runs.length < 2 ? (
        <WaitingForRuns />
      ) : (
        <Sections key={dataset.id} view={view} dataset={dataset} compared={compared} />
      )}
    </section>
  );
}

function WaitingForRuns() {
  const isEmbedding = useRuns().some(({ status }) => status === 'running' || status === 'waiting');
  return isEmbedding ? (
    <Message title="Embedding the texts">
      <span className={classes.busy}>
        <Loader size={12} aria-hidden="true" /> Two runs are compared as soon as both have vectors.
      </span>
    </Message>
  ) : (
    <Message title="One model is not a comparison.">Embed with a second one to compare.</Message>
  );
}

interface SectionsProps {
  view: RefObject<HTMLElement | null>;
  dataset: Dataset;
  compared: ComparedRuns;
}

function Sections({ view, dataset, compared }: SectionsProps) {
  useComparisonPicture({ view, dataset, runs: compared.runs });
  const k = useStore(viewStore, ({ view }) => view.comparisonK);
  const { data, error, isFetching, refetch } = useQuery({
    ...comparisonQuery(dataset, compared.runs),
    placeholderData: (previous) => previous,
  });
  const comparison = data ?? null;
  const agreements = useAgreements(comparison, k);
  const scores = useScores(comparison, dataset);
  const gold = useGoldScores(comparison, dataset);
  const panel = useStore(viewStore, ({ view }) => view.comparisonPanel);
  const scoreBy = useStore(viewStore, ({ view }) => view.scoreBy);
  const order = useMemo(() => runsByScore(scores, scoreBy), [scores, scoreBy]);
  const failure = isFetching ? null : error;
  return (
    <>
      <ComparisonAnswer
        runCount={compared.runs.length}
        comparison={comparison}
        agreements={agreements}
        scores={scores}
        gold={gold}
        labelColumn={dataset.labelColumn}
        error={failure ?? agreements.error}
        retry={() => {
          if (failure !== null) void refetch();
          agreements.retry();
        }}
      />
      <div
        className={classes.numbers}
        data-panel={panel}
        style={{ '--runs': compared.runs.length } as CSSProperties}
      >
        {comparison !== null && (
          <>
            <NumbersPanel comparison={comparison} dataset={dataset} scores={scores} gold={gold} />
            <AgreementMatrix
              comparison={comparison}
              order={order}
              agreements={agreements}
              pair={compared.pair}
              datasetName={dataset.name}
            />
          </>
        )}
      </div>
      {comparison !== null && <FairInput dataset={dataset} comparison={comparison} />}
      <OpenPair dataset={dataset} compared={compared} comparison={comparison} agreements={agreements} />
    </>
  );
}

interface OpenPairProps {
  dataset: Dataset;
  compared: ComparedRuns;
  comparison: Comparison | null;
  agreements: Agreements;
}

/** The pair that is open, mounted in slices between which the page goes on answering; until it is there, the last one stays. */
function OpenPair({ compared, ...rest }: OpenPairProps) {
  return <PairParts {...rest} compared={useDeferredValue(compared)} />;
}

/** Maps and rows of a pair, over the rows that all compared runs have. */
const PairParts = memo(function PairParts({ dataset, compared, comparison, agreements }: OpenPairProps) {
  const { pair, runs, settled } = compared;
  const { ofPair } = agreements;
  const reference = pair?.[0] ?? null;
  const shares = useMemo(() => {
    const known = new Map<string, Float32Array>();
    if (reference === null) return known;
    for (const run of runs) {
      const agreement = ofPair.get(pairKey(reference, run));
      if (agreement !== undefined) known.set(run.id, spreadShares(agreement, dataset.rowCount));
    }
    return known;
  }, [reference, runs, ofPair, dataset.rowCount]);
  const sharesOf = useCallback((run: RunRecord) => shares.get(run.id) ?? null, [shares]);
  if (pair === null) {
    return (
      <div className={classes.later}>
        <Message title="Maps and rows">They are shown as soon as two of the runs are done.</Message>
      </div>
    );
  }
  const [a, b] = pair;
  const agreement = ofPair.get(pairKey(a, b));
  return (
    <>
      <PairMaps key={a.id} dataset={dataset} runs={settled} reference={a} other={b} sharesOf={sharesOf} />
      {agreement === undefined && agreements.error === null && (
        <div className={classes.later}>
          <Message title="Rows the two models see most differently">
            They are listed as soon as the neighbours of both runs are found.
          </Message>
        </div>
      )}
      {comparison !== null && agreement !== undefined && agreement.k > 0 && (
        <DisagreementPanel
          key={`rows ${a.id} ${b.id}`}
          dataset={dataset}
          comparison={comparison}
          a={a}
          b={b}
          overlap={agreement}
        />
      )}
    </>
  );
});
