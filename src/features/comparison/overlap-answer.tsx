import { Button, Loader } from '@mantine/core';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { PairOverlap } from '@/queries/overlap';
import classes from './comparison-view.module.css';
import { describeOverlap } from './describe-overlap';

interface Props {
  a: RunRecord;
  b: RunRecord;
  /** Null while it is computed. */
  overlap: PairOverlap | null;
  error: Error | null;
  retry(): void;
}

/** What the comparison comes to, in a sentence with its yardstick. */
export function OverlapAnswer({ a, b, overlap, error, retry }: Props) {
  if (error !== null) {
    return (
      <div className={classes.answer} role="alert">
        <div className={classes.words}>
          <h2 className={classes.headline}>The neighbours could not be compared.</h2>
          <p className={classes.yardstick}>{error.message} The vectors are kept.</p>
        </div>
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (overlap === null) {
    return (
      <div className={classes.answer} aria-busy="true">
        <div className={classes.words}>
          <h2 className={classes.headline}>
            Comparing {runName(a.spec)} and {runName(b.spec)}
          </h2>
          <p className={classes.yardstick}>
            <span className={classes.busy}>
              <Loader size={12} aria-hidden="true" /> Finding the ten nearest rows of every row in both runs.
            </span>
          </p>
        </div>
      </div>
    );
  }
  const { headline, yardstick } = describeOverlap(runName(a.spec), runName(b.spec), overlap);
  return (
    <div
      className={classes.answer}
      data-overlap={overlap.mean ?? undefined}
      data-rows={overlap.rows.length}
      data-runs={`${a.id} ${b.id}`}
    >
      <div className={classes.words}>
        <h2 className={classes.headline}>{headline}</h2>
        <p className={classes.yardstick}>{yardstick}</p>
      </div>
    </div>
  );
}
