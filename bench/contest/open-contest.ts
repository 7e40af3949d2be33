// What is measured, whoever does it: the same contests are held in Node and in a page.
import { makeClusteredRows } from './clustered-rows';
import { openMapContest } from './map-contest';
import { openMatrixContest } from './matrix-contest';
import { openNeighbourContest } from './neighbour-contest';
import { openPlaneContest } from './plane-contest';
import { openStageContest } from './stage-contest';
import type { Contest, Engines, OpenContest, Task } from './task';

const open: Record<Task['kind'], OpenContest> = {
  matrix: openMatrixContest,
  neighbours: openNeighbourContest,
  plane: openPlaneContest,
  stages: openStageContest,
  map: openMapContest,
};

export function openContest(task: Task, engines: Engines): Contest | Promise<Contest> {
  return open[task.kind](task, makeClusteredRows(task.n, task.d, task.seed), engines);
}
