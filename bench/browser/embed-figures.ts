import { type BenchmarkResult, compareFigures, median } from '../benchmark';
import type { MainThreadUse } from './trace-main-thread';

/** What one run of the page and of the bare client came to; memory and storage in bytes above before. */
export interface Round {
  readonly use: MainThreadUse;
  readonly bareMs: number;
  readonly bareMemory: number;
  /** Most memory of the page's process. */
  readonly renderer: number;
  /** Most memory of the browser's own processes. */
  readonly browser: number;
  /** Objects of the main thread that are left afterwards. */
  readonly heap: number;
  readonly stored: number;
}

/** The figures of a run of n rows, medians over its rounds. */
export function* summariseRounds(
  n: number,
  dimensions: number,
  rounds: readonly Round[],
): Generator<BenchmarkResult, void> {
  const middle = (pick: (round: Round) => number) => median(rounds.map(pick));
  const shape = { n, d: dimensions };
  const matrixMegabytes = (n * dimensions * 4) / 1e6;
  yield compareFigures({
    ...shape,
    name: 'embedding, Embed to done',
    unit: 'rows/s',
    better: 'more',
    value: n / (middle(({ use }) => use.wallMs) / 1000),
    peer: { name: 'bare client', value: n / (middle(({ bareMs }) => bareMs) / 1000) },
  });
  yield compareFigures({
    ...shape,
    name: 'main thread, busy',
    unit: '% of the run',
    better: 'less',
    value: middle(({ use }) => (100 * use.busyMs) / use.wallMs),
  });
  yield compareFigures({
    ...shape,
    name: 'main thread, busy in all',
    unit: 's',
    better: 'less',
    value: middle(({ use }) => use.busyMs / 1000),
  });
  yield compareFigures({
    ...shape,
    name: 'main thread, tasks over 50 ms',
    unit: 'tasks',
    better: 'less',
    value: middle(({ use }) => use.longTasksMs.length),
  });
  yield compareFigures({
    ...shape,
    name: 'main thread, longest task',
    unit: 'ms',
    better: 'less',
    value: middle(({ use }) => use.longestTaskMs),
    peer: { name: 'aim', value: 50 },
  });
  yield compareFigures({
    ...shape,
    name: 'memory, most of the page above before',
    unit: 'MB',
    better: 'less',
    value: middle(({ renderer }) => renderer / 1e6),
    peer: { name: 'the matrix', value: matrixMegabytes },
  });
  yield compareFigures({
    ...shape,
    name: 'memory, the same',
    unit: 'MB',
    better: 'less',
    value: middle(({ renderer }) => renderer / 1e6),
    peer: { name: 'bare client', value: middle(({ bareMemory }) => bareMemory / 1e6) },
  });
  yield compareFigures({
    ...shape,
    name: 'memory, most of the browser process above before',
    unit: 'MB',
    better: 'less',
    value: middle(({ browser }) => browser / 1e6),
  });
  yield compareFigures({
    ...shape,
    name: 'memory, script heap after above before',
    unit: 'MB',
    better: 'less',
    value: middle(({ heap }) => heap / 1e6),
  });
  yield compareFigures({
    ...shape,
    name: 'storage',
    unit: 'bytes a row',
    better: 'less',
    value: middle(({ stored }) => stored / n),
    peer: { name: '4 bytes a number', value: 4 * dimensions },
  });
}
