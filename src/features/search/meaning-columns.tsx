import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Fragment, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { ProviderError } from '@/core/embedding/provider-error';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { describeProblem } from '@/core/embedding/run-problem';
import { formatHundredths, formatPercentile } from '@/core/similarity/format-similarity';
import { type PairHistogram, percentileOf } from '@/core/similarity/pair-histogram';
import { ModelMark } from '@/gl/model-mark';
import { modelColourVariable } from '@/gl/palettes';
import type { Neighbour } from '@/queries/neighbours';
import { nearestToTextQuery } from '@/queries/query-vector';
import { pairHistogramQuery } from '@/queries/spread';
import { useRuns } from '@/queries/use-workspace';
import type { AskedText } from '@/state/asked-text';
import { hoverChannel, hoverStore } from '@/state/hover';
import { pinRow } from '@/state/pins';
import { mostRinged, ringFound } from '@/state/search';
import { selectRows } from '@/state/selection';
import { JoiningLines, joinLists } from '@/ui/joining-lines';
import { NearRow } from '@/ui/near-row';
import classes from './search.module.css';

const rowsShown = 20;

/** The rows nearest to a typed text, a ranked column for each run, lines between the same rows. */
export function MeaningColumns({ dataset, asked }: { dataset: Dataset; asked: AskedText }) {
  const all = useRuns();
  const runs = useMemo(() => all.filter(({ id }) => asked.runIds.includes(id)), [all, asked.runIds]);
  const results = useQueries({
    queries: runs.map((run) => ({
      ...nearestToTextQuery(dataset, run, asked.text, rowsShown),
      refetchOnMount: false,
      retryOnMount: false,
    })),
  });
  const histograms = useQueries({ queries: runs.map((run) => pairHistogramQuery(run)) });
  const hovered = useStore(hoverStore, ({ row }) => row);
  const lists = results.map(({ data }) => data);
  const found = [...new Set(lists.flatMap((list) => list?.map(({ row }) => row) ?? []))];
  const foundKey = found.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal keys, equal rows
  useEffect(() => ringFound(found.slice(0, mostRinged)), [foundKey]);
  return (
    <>
      <div className={classes.status}>
        <span role="status">
          {results.some(({ isFetching }) => isFetching)
            ? `Embedding “${asked.text}”.`
            : `The ${rowsShown} nearest rows in each run`}
        </span>
        <span className={classes.fill} />
        {found.length > 0 && (
          <Button
            size="xs"
            variant="default"
            onClick={() => selectRows(found, 'replace', 'Select what was found')}
          >
            Select {found.length}
          </Button>
        )}
      </div>
      <div className={classes.columns} data-found>
        {runs.map((run, place) => {
          const list = lists[place];
          const before = lists[place - 1];
          return (
            <Fragment key={run.id}>
              {place > 0 && (
                <div className={classes.between}>
                  {list !== undefined && before !== undefined && (
                    <JoiningLines joined={joinLists(before, list)} length={rowsShown} hovered={hovered} />
                  )}
                </div>
              )}
              <MeaningColumn
                dataset={dataset}
                run={run}
                list={list}
                others={lists.filter((_, other) => other !== place)}
                histogram={histograms[place]?.data}
                error={results[place]?.isFetching ? null : (results[place]?.error ?? null)}
                onRetry={() => void results[place]?.refetch()}
                text={asked.text}
              />
            </Fragment>
          );
        })}
      </div>
    </>
  );
}

interface ColumnProps {
  dataset: Dataset;
  run: RunRecord;
  /** Undefined until it is there. */
  list: readonly Neighbour[] | undefined;
  others: readonly (readonly Neighbour[] | undefined)[];
  histogram: PairHistogram | undefined;
  error: Error | null;
  text: string;
  onRetry(): void;
}

function MeaningColumn({ dataset, run, list, others, histogram, error, text, onRetry }: ColumnProps) {
  const name = runName(run.spec);
  const hovered = useStore(hoverStore, ({ row }) => row);
  const elsewhere = new Set(others.flatMap((other) => other?.map(({ row }) => row) ?? []));
  return (
    <div className={classes.column}>
      <h3 className={classes.runName} title={run.spec.model}>
        <ModelMark slot={run.slot} />
        <span>{name}</span>
      </h3>
      {error !== null &&
        (run.spec.provider === 'baseline' && error instanceof ProviderError ? (
          // Nobody was asked: these words mean nothing to the baseline, and will not another time.
          <p className={classes.words}>{error.message}</p>
        ) : (
          <AskProblem error={error} onRetry={onRetry} />
        ))}
      {error === null && list === undefined && <p className={classes.words}>Asking.</p>}
      {list !== undefined && (
        <ol className={classes.ranked} aria-label={`Nearest to the typed text in ${name}`} data-text={text}>
          {list.map(({ row, similarity }) => {
            const percentile = histogram === undefined ? null : percentileOf(histogram, similarity);
            return (
              <NearRow
                key={row}
                row={row}
                text={textAt(dataset.texts, row)}
                colour={`var(${modelColourVariable(run.slot)}, var(--text-2))`}
                share={similarity}
                value={`${formatHundredths(similarity)} · ${percentile === null ? '…' : formatPercentile(percentile)}`}
                title={
                  percentile === null
                    ? undefined
                    : `Closer than ${percentile.toFixed(1)} % of the run’s pairs`
                }
                isHovered={hovered === row}
                isAlone={others.length > 0 && !elsewhere.has(row)}
                onPick={(event) => pinRow(row, event.shiftKey)}
                onHover={hoverChannel.set}
              />
            );
          })}
        </ol>
      )}
    </div>
  );
}

function AskProblem({ error, onRetry }: { error: Error; onRetry(): void }) {
  const problem = error instanceof ProviderError ? describeProblem(error) : null;
  return (
    <div role="alert" className={classes.problem}>
      <p>{problem === null ? error.message : `${problem.message} ${problem.advice}`}</p>
      {problem !== null && problem.detail !== null && <p>{problem.detail}</p>}
      <Button variant="default" size="xs" onClick={onRetry}>
        Ask again
      </Button>
    </div>
  );
}
