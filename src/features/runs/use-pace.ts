import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import { readRunClockMs } from '@/queries/run-clock';
import { paceKey, type RunPace } from '@/queries/send-run';

const tickMs = 500;

/** What rate and time left are reckoned from: when the run began to send, and the time now on the clock of runs, which ticks while it runs. */
export function usePace(run: RunRecord): { pace: RunPace | undefined; nowMs: number } {
  const { data: pace } = useQuery<RunPace>({ queryKey: paceKey(run.id), queryFn: skipToken });
  const [nowMs, setNow] = useState(() => readRunClockMs());
  const isRunning = run.status === 'running';
  useEffect(() => {
    if (!isRunning) return;
    setNow(readRunClockMs());
    const timer = setInterval(() => setNow(readRunClockMs()), tickMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  return { pace, nowMs };
}
