import { Tooltip } from '@mantine/core';
import { useId } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { describeBasis } from '@/core/evaluation/describe-basis';
import { describeCoverage } from '@/core/evaluation/describe-coverage';
import { orderRuns, sortingColumn } from '@/core/evaluation/order-runs';
import { labelColumns, type ScoreColumn, scoreWords, spaceColumns } from '@/core/evaluation/score-words';
import { axisOf } from '@/core/evaluation/whisker-axis';
import { ModelMark } from '@/gl/model-mark';
import { AxisEnds } from '@/gl/whisker';
import type { Comparison } from '@/queries/comparison';
import { playStore } from '@/state/playing';
import { commit, viewStore } from '@/state/view';
import { fileNameFor } from '@/ui/save-file';
import { CsvButton } from './csv-button';
import { Failure } from './failure';
import { ScoreCell } from './score-cell';
import classes from './scoreboard.module.css';
import { scoresCsv } from './scores-csv';
import { useFittingColumns } from './use-fitting-columns';
import type { RunScores, Scores } from './use-scores';
import { VerdictBadge } from './verdict-badge';

interface Props {
  comparison: Comparison;
  dataset: Dataset;
  scores: Scores;
}

/** One row a run: what it scores, with intervals, and what it took; ordered by the chosen measure. */
export function Scoreboard({ comparison, dataset, scores }: Props) {
  const heading = useId();
  const { labelled } = scores;
  const all: readonly ScoreColumn[] = [...(labelled === null ? [] : labelColumns), ...spaceColumns];
  const chosen = useStore(viewStore, ({ view }) => view.scoreBy);
  const sortedBy = sortingColumn(scores, chosen);
  // An audience cannot scroll: it sees whole columns, the one that orders them first, and how many there are besides.
  const isPresented = useStore(playStore, ({ playing }) => playing?.kind === 'presentation');
  const { ref, hidden } = useFittingColumns(isPresented, all.length + factNames.length);
  const factCount = Math.max(0, factNames.length - hidden);
  const columns = (hidden === 0 ? all : putFirst(all, sortedBy)).slice(
    0,
    all.length - Math.max(0, hidden - factNames.length),
  );
  const measure = labelColumns.find((column) => column === sortedBy) ?? null;
  const verdicts = measure === null ? null : scores.verdictsOf(measure);
  const axes = new Map(
    columns.flatMap((column) => {
      const axis = scoreWords[column].hasAxis
        ? axisOf(scores.runs.map((entry) => entry.estimateOf(column)))
        : null;
      return axis === null ? [] : [[column, axis] as const];
    }),
  );
  const order = orderRuns(scores.runs, sortedBy);
  const failure = scores.runs.find(({ error }) => error !== null)?.error ?? null;
  return (
    <section aria-labelledby={heading} className={classes.board}>
      <div className={classes.corner}>
        <CsvButton
          name="Scores (CSV)"
          fileName={fileNameFor(dataset.name, null, 'scores.csv')}
          write={() => scoresCsv(scores.runs, all)}
        />
      </div>
      <h3 id={heading} className={classes.note}>
        <span className="unseen">Scoreboard</span>{' '}
        {describeBasis(scores.labelled, comparison.rows.length, dataset.labelColumn)}
        {hidden > 0 && ` · ${countOf(hidden, 'more column')} in the page`}
      </h3>
      {failure !== null && (
        <Failure what="Some scores could not be measured." onRetry={scores.retry}>
          {failure.message} The vectors and all other scores are kept.
        </Failure>
      )}
      <div ref={ref} className={classes.scroller}>
        <table className={classes.table} aria-labelledby={heading}>
          <thead>
            <tr>
              <th scope="col">Model</th>
              {measure !== null && (
                <th scope="col" className={classes.verdict}>
                  Verdict
                </th>
              )}
              {columns.map((column) => (
                <ColumnHead key={column} column={column} isSorted={column === sortedBy} />
              ))}
              {factNames.slice(0, factCount).map((name) => (
                <th key={name} scope="col" className={classes.number}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map((index) => {
              const entry = scores.runs[index]!;
              return (
                <tr key={entry.run.id} data-run={entry.run.id}>
                  <th scope="row" className={classes.model} title={entry.run.spec.model}>
                    <span className={classes.name}>
                      <ModelMark slot={entry.run.slot} /> <span>{runName(entry.run.spec)}</span>
                    </span>
                  </th>
                  {measure !== null && (
                    <td>
                      <VerdictBadge
                        verdict={verdicts?.[index] ?? null}
                        unit={measure === 'knnAccuracy' ? 'share' : 'number'}
                      />
                    </td>
                  )}
                  {columns.map((column) => (
                    <ScoreCell
                      key={column}
                      column={column}
                      entry={entry}
                      labelled={labelled}
                      axis={axes.get(column) ?? null}
                      rows={comparison.rows}
                    />
                  ))}
                  <FactCells entry={entry} count={factCount} />
                </tr>
              );
            })}
          </tbody>
          <tfoot aria-hidden="true">
            <tr>
              <td />
              {measure !== null && <td />}
              {columns.map((column) => (
                <td key={column}>
                  {axes.get(column) !== undefined && (
                    <AxisEnds axis={axes.get(column)!} format={scoreWords[column].formatEnd} />
                  )}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function ColumnHead({ column, isSorted }: { column: ScoreColumn; isSorted: boolean }) {
  const { name, definition: meaning, hasAxis } = scoreWords[column];
  const definition = `${meaning}${describeCoverage(column)}`;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? 'descending' : undefined}
      className={hasAxis ? classes.scale : classes.number}
    >
      <Tooltip label={definition} multiline w={264} events={{ hover: true, focus: true, touch: true }}>
        <button
          type="button"
          className={classes.sort}
          aria-description={definition}
          onClick={() => commit({ scoreBy: column }, 'Change order of scoreboard')}
        >
          {name}
          {isSorted && <span aria-hidden="true"> ↓</span>}
        </button>
      </Tooltip>
    </th>
  );
}

const factNames = ['Dimensions', 'Seconds', 'Tokens', 'Failed'] as const;

function FactCells({ entry: { run }, count }: { entry: RunScores; count: number }) {
  const cells = [
    <td key="dimensions" className={classes.number} id={`dimensions ${run.slot}`} tabIndex={-1}>
      {run.width?.toLocaleString('en')}
    </td>,
    <td key="seconds" className={classes.number}>
      {(run.durationMs / 1000).toFixed(1)}
    </td>,
    <td key="tokens" className={classes.number}>
      {describeTokens(run)}
    </td>,
    <td key="failed" className={classes.number}>
      {run.failures.length.toLocaleString('en')}
    </td>,
  ];
  return cells.slice(0, count);
}

function putFirst(columns: readonly ScoreColumn[], first: ScoreColumn | null): readonly ScoreColumn[] {
  return first === null ? columns : [first, ...columns.filter((column) => column !== first)];
}

function describeTokens({ tokens }: RunRecord): string {
  return tokens === null ? '–' : tokens.toLocaleString('en');
}
