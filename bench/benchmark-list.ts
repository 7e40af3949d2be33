import type { BenchmarkGroup } from './benchmark';
import { chunkStorage } from './browser/chunk-storage';
import { embedRun } from './browser/embed-run';
import { contestsInChromium } from './browser/page-arena';
import { pageFrames } from './browser/page-frames';
import { pageMap } from './browser/page-map';
import { workerCounts } from './browser/worker-counts';
import { clusters } from './node/clusters';
import { comparison } from './node/comparison';
import { contestsInNode } from './node/contests';
import { heatTiles } from './node/heat-tiles';
import { memory } from './node/memory';
import { pointing } from './node/pointing';
import { quality } from './node/quality';
import { readCsv } from './node/read-csv';
import { shippedSize } from './node/shipped-size';

/** Every group, in the order in which they run. */
export const benchmarkGroups: readonly BenchmarkGroup[] = [
  ...contestsInNode,
  heatTiles,
  quality,
  memory,
  comparison,
  shippedSize,
  readCsv,
  clusters,
  pointing,
  ...contestsInChromium,
  workerCounts,
  pageMap,
  pageFrames,
  embedRun,
  chunkStorage,
];
