import type { Work } from '@/core/work';
import {
  bandGrid,
  type CandidateLists,
  type OpenCandidateScan,
  type ScannedCandidates,
} from './candidate-scan';
import { mergeLists } from './merge-lists';
import { partitionRows } from './partition-rows';
import { putInPlace } from './put-in-place';
import { chooseRounding } from './rounding';
import type { UnitRows } from './unit-rows';

/** How an approximate search cuts the members: so many times, each time otherwise, into bands within which all pairs are compared. */
export interface Partitioning {
  readonly cuts: number;
  /** A multiple of 16. */
  readonly bandRows: number;
  readonly seed: number;
}

/**
 * Candidates of the members (ascending) from those cuts that `takeCut` hands out, until it gives a number that is none. Several
 * searches that share one `takeCut` cover them together, whoever takes which: what is kept is the best of all pairs met. Null where
 * there was none to take or nothing to keep. Yields every few milliseconds; progress counts thousandths of cuts.
 */
export function* scanPartitions(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly keep: number;
  readonly partitioning: Partitioning;
  readonly open: OpenCandidateScan;
  readonly takeCut: () => number;
}): Work<ScannedCandidates | null> {
  const { rows, members, keep, partitioning, open, takeCut } = request;
  const { cuts, bandRows, seed } = partitioning;
  if (keep === 0) return null;
  const total = cuts * 1000;
  const rounding = yield* chooseRounding(rows, members);
  const positionOf = new Int32Array((members.at(-1) ?? -1) + 1);
  members.forEach((row, position) => {
    positionOf[row] = position;
  });
  let best: ScannedCandidates | null = null;
  let finished = 0;
  for (let cut = takeCut(); cut < cuts; cut = takeCut()) {
    const partition = partitionRows({ rows, members, bandRows, seed: seed + cut });
    let order: Uint32Array;
    for (;;) {
      const step = partition.next();
      if (step.done) {
        order = step.value;
        break;
      }
      yield { done: finished * 1000 + Math.floor((500 * step.value.done) / step.value.total), total };
    }
    const places = Int32Array.from(order, (row) => positionOf[row]!);
    const biases = Int32Array.from(places, (position) => rounding.biases[position]!);
    const scan = open({
      rows,
      members: order,
      rounding: { ...rounding, biases },
      keep,
      bandRows,
      heldBytes: 0,
    });
    const { bandCount } = bandGrid(members.length, rows.dims, bandRows);
    let tile = 0;
    for (let band = 0; band < bandCount; band++) {
      scan.scan(tile);
      tile += bandCount - band;
      yield { done: finished * 1000 + 500 + Math.floor((400 * band) / bandCount), total };
    }
    const found = putInPlace(scan.finish(), places);
    if (best === null) best = { ...found, order: Uint32Array.from(places) };
    else {
      const joined: CandidateLists = yield* joinLists(best, found, { done: finished * 1000 + 900, total });
      best = { ...joined, order: best.order };
    }
    finished++;
    yield { done: finished * 1000, total };
  }
  return best;
}

const rowsJoinedAtOnce = 4096;

/** The best of both, in place of the first. */
function* joinLists(
  a: CandidateLists,
  b: CandidateLists,
  progress: { done: number; total: number },
): Work<CandidateLists> {
  const { keep } = a;
  const rowCount = a.positions.length / keep;
  const positions = new Int32Array(keep);
  const scores = new Int32Array(keep);
  const next = new Int32Array(2);
  for (let row = 0; row < rowCount; row++) {
    const count = mergeLists([a, b], row, positions, scores, next);
    a.positions.set(positions.subarray(0, count), row * keep);
    a.scores.set(scores.subarray(0, count), row * keep);
    if ((row + 1) % rowsJoinedAtOnce === 0) yield progress;
  }
  return { ...a, error: Math.max(a.error, b.error) };
}
