import { Loader } from '@mantine/core';
import { Lock } from 'lucide-react';
import { useStore } from 'zustand';
import { readBaseUrl } from '@/core/embedding/base-url';
import { runName } from '@/core/embedding/run-name';
import { useDataset, useRuns } from '@/queries/use-workspace';
import { taskStore } from '@/state/tasks';
import classes from './status-line.module.css';

/** What is running and how far, and where texts have gone. */
export function StatusLine() {
  const dataset = useDataset();
  const runs = useRuns();
  const tasks = useStore(taskStore, (state) => state.tasks);
  const running = runs.filter(({ status }) => status === 'running');
  const lines = [
    ...running.map(
      (run) => `Embedding with ${runName(run.spec)}: ${count(run.doneCount)} of ${count(run.rowCount)}`,
    ),
    ...tasks.map(({ label, done, total, unit }) =>
      total > 0 ? `${label}: ${count(done)} of ${count(total)} ${unit}` : label,
    ),
  ];
  const hosts = new Set(
    runs
      .filter(
        ({ spec, doneCount, failures }) => spec.provider !== 'baseline' && doneCount + failures.length > 0,
      )
      .map(({ spec }) => readBaseUrl(spec.baseUrl).host),
  );
  return (
    <footer className={classes.line}>
      <div role="status" aria-label="Progress" className={classes.progress}>
        {lines.length > 0 && <Loader size={12} aria-hidden="true" />}
        <span className={classes.words}>
          {lines.length > 0 ? lines.join(' · ') : restWords(dataset?.rowCount)}
        </span>
      </div>
      <span className={classes.promise}>
        <Lock size={12} strokeWidth={1.5} aria-hidden="true" />
        {hosts.size === 0
          ? 'No text has left this browser'
          : `Texts went to ${[...hosts].join(', ')} only; vectors stay in this browser`}
      </span>
    </footer>
  );
}

function restWords(rowCount: number | undefined): string {
  return rowCount === undefined ? 'Opening' : `Ready · ${count(rowCount)} rows`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
