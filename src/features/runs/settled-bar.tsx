import type { RunRecord } from '@/core/embedding/run';
import { percentSettled } from './describe-run';
import classes from './settled-bar.module.css';

interface Props {
  run: RunRecord;
  /** What it measures, for assistive technology; without it the bar is decoration beside the same words. */
  label?: string;
  isTall?: boolean;
}

/** How much of a run is embedded, how much failed, how much is left. */
export function SettledBar({ run, label, isTall = false }: Props) {
  const share = (count: number) => `${run.rowCount === 0 ? 0 : (100 * count) / run.rowCount}%`;
  const parts = (
    <>
      <span className={classes.done} style={{ width: share(run.doneCount) }} />
      <span className={classes.failed} style={{ width: share(run.failures.length) }} />
    </>
  );
  if (label === undefined) {
    return (
      <span className={classes.bar} data-tall={isTall || undefined} aria-hidden="true">
        {parts}
      </span>
    );
  }
  return (
    <div
      className={classes.bar}
      data-tall={isTall || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percentSettled(run)}
    >
      {parts}
    </div>
  );
}
