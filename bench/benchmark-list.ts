import type { BenchmarkGroup } from './benchmark';
import { chunkStorage } from './browser/chunk-storage';
import { embedRun } from './browser/embed-run';
import { neighbours } from './node/neighbours';
import { readCsv } from './node/read-csv';
import { tileProduct } from './node/tile-product';

/** Every group, in the order in which they run. */
export const benchmarkGroups: readonly BenchmarkGroup[] = [
  tileProduct,
  neighbours,
  readCsv,
  embedRun,
  chunkStorage,
];
