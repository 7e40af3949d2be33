import type { BenchmarkGroup } from './benchmark';
import { chunkStorage } from './browser/chunk-storage';
import { embedRun } from './browser/embed-run';
import { contestsInChromium } from './browser/page-arena';
import { twoWorkers } from './browser/two-workers';
import { contestsInNode } from './node/contests';
import { readCsv } from './node/read-csv';

/** Every group, in the order in which they run. */
export const benchmarkGroups: readonly BenchmarkGroup[] = [
  ...contestsInNode,
  readCsv,
  ...contestsInChromium,
  twoWorkers,
  embedRun,
  chunkStorage,
];
