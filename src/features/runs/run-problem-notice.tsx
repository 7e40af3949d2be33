import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { RunProblem, RunRecord } from '@/core/embedding/run';
import { modelPageOf } from '@/queries/catalog';
import { askForKey } from '@/queries/key';
import { formatCount } from './describe-run';
import classes from './run-row.module.css';

function keptWords(run: RunRecord): string {
  if (run.doneCount === 0) return 'No vector had come, so nothing is lost.';
  return `The ${formatCount(run.doneCount)} vectors that came are kept.`;
}

/** What stopped a run: what happened, what is kept, what to do. */
export function RunProblemNotice({ run, problem }: { run: RunRecord; problem: RunProblem }) {
  const page = modelPageOf(run.spec);
  return (
    <div className={classes.alert} role="alert">
      <p className={classes.alertHead}>
        <TriangleAlert size={16} strokeWidth={1.5} aria-hidden="true" />
        <strong>{problem.message}</strong>
      </p>
      <p>
        {keptWords(run)} {problem.advice}
      </p>
      {problem.code === 'unauthorized' && (
        <Button size="xs" variant="default" onClick={() => askForKey(run.spec)}>
          Change key
        </Button>
      )}
      {page !== null && problem.code === 'forbidden' && (
        <a href={page} target="_blank" rel="noreferrer">
          Page of {run.spec.model}
        </a>
      )}
      {problem.detail !== null && (
        <details>
          <summary>Details</summary>
          {problem.detail}
        </details>
      )}
    </div>
  );
}
