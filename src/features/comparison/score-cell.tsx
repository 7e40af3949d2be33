import { Loader, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { countOf } from '@/core/count-of';
import { runName } from '@/core/embedding/run-name';
import type { LabelledRows } from '@/core/evaluation/label-scores';
import { describeEstimate, type ScoreColumn, scoreWords } from '@/core/evaluation/score-words';
import { Whisker } from '@/gl/whisker';
import { scoreReasons } from '@/queries/export-comparison';
import { selectRows } from '@/state/selection';
import { rowsBehind } from './rows-behind';
import classes from './scoreboard.module.css';
import type { RunScores } from './use-scores';

interface Props {
  column: ScoreColumn;
  entry: RunScores;
  labelled: LabelledRows | null;
  /** Ends of the axis of dot and whisker; null where the number stands alone. */
  axis: readonly [number, number] | null;
  /** Dataset rows compared, in the order of the scores. */
  rows: Uint32Array;
}

/** One score: dot and whisker where it has an axis, the number, and the rows behind it one click away. */
export function ScoreCell({ column, entry, labelled, axis, rows }: Props) {
  const { space, labels } = entry;
  const { hasAxis, format } = scoreWords[column];
  // Asked of all rows, and the same until the scores are others.
  const behind = useMemo(
    () => rowsBehind(column, { space, labels }, labelled, rows),
    [column, space, labels, labelled, rows],
  );
  const estimate = entry.estimateOf(column);
  const id = `score ${entry.run.slot} ${column}`;
  if (estimate === undefined || estimate.value === null) {
    const isBusy = estimate === undefined && entry.error === null;
    return (
      <td className={hasAxis ? undefined : classes.number} id={id} tabIndex={-1}>
        {isBusy ? (
          <Loader size={12} role="img" aria-label="being computed" />
        ) : (
          <Tooltip
            label={`No number. ${column === 'antiHubs' ? scoreReasons.hubness : scoreReasons[column]}`}
          >
            <span>–</span>
          </Tooltip>
        )}
      </td>
    );
  }
  const words = describeEstimate(column, estimate);
  const yardstick =
    column === 'knnAccuracy' ? (labelled?.majority ?? null) : column === 'separationAuc' ? 0.5 : null;
  return (
    <td className={hasAxis ? undefined : classes.number}>
      <span className={classes.score}>
        {axis !== null && (
          <Whisker estimate={estimate} axis={axis} slot={entry.run.slot} yardstick={yardstick} />
        )}
        {behind === null || behind.rows.length === 0 ? (
          <Tooltip label={words}>
            <span id={id} tabIndex={-1} data-value={estimate.value} className={classes.value}>
              {format(estimate.value)}
            </span>
          </Tooltip>
        ) : (
          <Tooltip
            label={`${words}. Click selects the ${countOf(behind.rows.length, 'row')} ${behind.what}.`}
            multiline
            w={264}
          >
            <button
              type="button"
              id={id}
              data-value={estimate.value}
              className={classes.rowsBehind}
              aria-label={`${runName(entry.run.spec)}, ${scoreWords[column].name}: ${words}. Select the ${countOf(behind.rows.length, 'row')} ${behind.what}`}
              onClick={() => selectRows(behind.rows, 'replace', `Select rows ${behind.what}`)}
            >
              {format(estimate.value)}
            </button>
          </Tooltip>
        )}
      </span>
    </td>
  );
}
