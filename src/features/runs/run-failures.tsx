import { useMemo } from 'react';
import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { formatCount, groupFailures } from './describe-run';
import classes from './run-row.module.css';

const groupsShown = 5;

/** Why rows have no vector: each reason with its count and the first texts. */
export function RunFailures({ run, texts }: { run: RunRecord; texts: TextColumn }) {
  const groups = useMemo(() => groupFailures(run.failures), [run.failures]);
  return (
    <details className={classes.fold}>
      <summary>Why {formatCount(run.failures.length)} failed</summary>
      <div className={classes.folded}>
        {groups.slice(0, groupsShown).map(({ reason, count, rows }) => (
          <div key={reason}>
            {formatCount(count)} × {reason}
            {rows.map((row) => (
              <span key={row} className={classes.sample}>
                {row} · {textAt(texts, row)}
              </span>
            ))}
            {count > rows.length && (
              <span className={classes.rest}>and {formatCount(count - rows.length)} more</span>
            )}
          </div>
        ))}
      </div>
      {groups.length > groupsShown && (
        <span className={classes.rest}>
          and {formatCount(groups.length - groupsShown)} other{' '}
          {groups.length - groupsShown === 1 ? 'reason' : 'reasons'}
        </span>
      )}
    </details>
  );
}
