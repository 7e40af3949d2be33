import type { JobName } from '@/compute/contract';

/** What is on the screen or under the pointer; what the first picture of a map or matrix, or the answer of a comparison waits for; the way to a map. */
const urgencies: Partial<Record<JobName, number>> = {
  drawTile: 0,
  sampleMoments: 0,
  comparePairs: 0,
  cosinesToRow: 0,
  nearestToVector: 0,
  placeOnPlane: 0,
  placeByNeighbours: 0,
  restoreMatrix: 0,
  measureSpread: 1,
  findTwins: 1,
  countPairs: 1,
  findClosePairs: 1,
  seriate: 1,
  compareLists: 1,
  scanNeighbours: 2,
  rankNeighbours: 2,
  refineNeighbours: 2,
  expandNeighbours: 2,
  findNeighbours: 2,
  layOut: 2,
};
const wayToMap = 2;
const others = 3;

/** How soon a job has its turn among those of its worker: 0 first, equal ones in turn. */
export function urgencyOf(job: JobName): number {
  return urgencies[job] ?? others;
}

/** Whether such jobs go run by run, so that one map is finished before the next: half-way to two maps there is none to look at. */
export function goesRunByRun(job: JobName): boolean {
  return urgencyOf(job) === wayToMap;
}
