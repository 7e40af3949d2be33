import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import { taskStore } from '@/state/tasks';
import classes from './matrix-view.module.css';

interface Props {
  /** The run by which rows are ordered. */
  runId: string;
  onStop(): void;
}

/** How far the work is that an order waits for, and the way out of it. Only it renders again while that goes on. */
export function OrderProgress({ runId, onStop }: Props) {
  const words = useStore(taskStore, ({ tasks }) => {
    const task = tasks.find(
      ({ id }) => /^(seriation|neighbours|clusters) /.test(id) && id.includes(` ${runId}`),
    );
    if (task === undefined) return '';
    const share = task.total > 0 ? `: ${Math.floor((100 * task.done) / task.total)} %` : '';
    return `${task.label}${share}`;
  });
  return (
    <div className={classes.waiting}>
      <span className={classes.waitingWords}>{words}</span>
      <Button variant="default" size="xs" onClick={onStop}>
        Stop
      </Button>
    </div>
  );
}
