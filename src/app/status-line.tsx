import { Button, Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useIsFetching } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useStore } from 'zustand';
import { isWork } from '@/queries/query-client';
import { useDataset, useRuns } from '@/queries/use-workspace';
import { sentToStore } from '@/state/sent-to';
import { taskStore } from '@/state/tasks';
import classes from './status-line.module.css';

/** Work that takes less, as what follows the pointer does, is not said unless it has a name. */
const shortMs = 400;

/** What is running and how far, and where texts have gone. */
export function StatusLine() {
  const dataset = useDataset();
  const runs = useRuns();
  const tasks = useStore(taskStore, (state) => state.tasks);
  const hosts = useStore(sentToStore, (state) => state.hosts);
  const isFetching = useIsFetching({ predicate: isWork }) > 0;
  const [wasFetching] = useDebouncedValue(isFetching, shortMs);
  const isBusy = tasks.length > 0 || (dataset !== null && isFetching && wasFetching);
  const lines = tasks.map(({ label, done, total, unit }) =>
    total > 0 ? `${label}: ${count(done)} of ${count(total)} ${unit}` : label,
  );
  // Runs of the dataset on the screen have their own Cancel in the panel, other work where its result will be.
  const elsewhere = tasks.filter(
    ({ id, cancel }) =>
      cancel !== null &&
      (id.startsWith('work ') || (id.startsWith('run ') && !runs.some((run) => id === `run ${run.id}`))),
  );
  return (
    <footer className={classes.line}>
      <div role="status" aria-label="Progress" className={classes.progress}>
        {isBusy && <Loader size={12} aria-hidden="true" />}
        <span className={classes.words}>
          {lines.length > 0 ? lines.join(' · ') : isBusy ? 'Working' : restWords(dataset?.rowCount)}
        </span>
      </div>
      {elsewhere.map(({ id, label, cancel }) => (
        <Button key={id} size="xs" variant="default" onClick={() => cancel?.()}>
          Cancel {label.replace(/^(Embedding|Measuring for) /, '')}
        </Button>
      ))}
      <span className={classes.promise}>
        <Lock size={12} strokeWidth={1.5} aria-hidden="true" />
        {hosts.length === 0
          ? 'No text has left this browser'
          : `Texts went to ${hosts.join(', ')} only; vectors stay in this browser`}
      </span>
    </footer>
  );
}

function restWords(rowCount: number | undefined): string {
  return rowCount === undefined ? 'Opening' : `Ready · ${count(rowCount)} ${rowCount === 1 ? 'row' : 'rows'}`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
