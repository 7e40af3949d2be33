import type { BenchmarkGroup } from './benchmark';
import { chunkStorage } from './browser/chunk-storage';
import { embedRun } from './browser/embed-run';
import { umapInChromium } from './browser/umap';
import { neighbours } from './node/neighbours';
import { readCsv } from './node/read-csv';
import { tileProduct } from './node/tile-product';
import { umapInNode } from './node/umap';

/** Every group, in the order in which they run. */
export const benchmarkGroups: readonly BenchmarkGroup[] = [
  tileProduct,
  neighbours,
  umapInNode,
  readCsv,
  embedRun,
  umapInChromium,
  chunkStorage,
];
