import { Button } from '@mantine/core';
import { Square } from 'lucide-react';
import { isRemote, type RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import { cancelRun } from '@/queries/run-engine';
import { useActiveRun, useRuns } from '@/queries/use-workspace';
import { describeProgress, describeWaiting, formatCount, pendingRows, percentSettled } from './describe-run';
import classes from './run-progress.module.css';
import { SettledBar } from './settled-bar';
import { usePace } from './use-pace';

const othersShown = 2;

/** A strip above the picture while texts of the shown dataset are being sent to a server. */
export function RunProgress() {
  const run = useRuns().find(({ status, spec }) => status === 'running' && isRemote(spec.provider));
  return run === undefined ? null : <ProgressStrip run={run} />;
}

function ProgressStrip({ run }: { run: RunRecord }) {
  const { pace, nowMs } = usePace(run);
  const active = useActiveRun();
  const name = runName(run.spec);
  const others = useRuns().filter(
    ({ id, status, spec }) => id !== run.id && status === 'running' && isRemote(spec.provider),
  );
  const waiting = useRuns().filter(({ status }) => status === 'waiting').length;
  const rows = `${formatCount(run.doneCount)} of ${formatCount(run.rowCount)} ${run.rowCount === 1 ? 'text' : 'texts'}`;
  return (
    <section className={classes.strip} aria-label="Run under way">
      <div className={classes.head}>
        <ModelMark slot={run.slot} hollow={run.doneCount === 0} size={14} />
        <strong className={classes.name} title={run.spec.model}>
          {name}
        </strong>
        <span className={classes.words}>{[rows, ...describeProgress(run, pace, nowMs)].join(' · ')}</span>
        <Button
          variant="default"
          leftSection={<Square size={12} strokeWidth={1.5} aria-hidden="true" />}
          onClick={() => cancelRun(run.id)}
        >
          Cancel
        </Button>
      </div>
      <SettledBar run={run} label={`Progress of ${name}`} isTall />
      <ul className={classes.legend} aria-label="Rows of the run">
        <li data-kind="done">{formatCount(run.doneCount)} embedded</li>
        {run.failures.length > 0 && <li data-kind="failed">{formatCount(run.failures.length)} failed</li>}
        <li data-kind="left">{formatCount(pendingRows(run))} left</li>
        {others.slice(0, othersShown).map((other) => (
          <li key={other.id}>
            {[`${runName(other.spec)} ${percentSettled(other)} %`, ...describeWaiting(other, nowMs)].join(
              ' · ',
            )}
          </li>
        ))}
        {others.length > othersShown && <li>{others.length - othersShown} more under way</li>}
        {waiting > 0 && (
          <li>{waiting === 1 ? '1 run waits for its turn' : `${waiting} runs wait for their turn`}</li>
        )}
        {active !== null && active.id !== run.id && (
          <li className={classes.meanwhile}>Meanwhile, {runName(active.spec)} is shown</li>
        )}
      </ul>
    </section>
  );
}
