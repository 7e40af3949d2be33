import type { Work } from '@/core/work';
import { likeProfiles, type SparseRows, sparseRows } from './sparse-profiles';
import { upperTail } from './upper-tail';

/** Rows whose neighbourhoods change in the same way from one run to the other. Rows are positions among those compared. */
export interface MovingGroup {
  /** Ascending. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Rows that were far in the first run and are neighbours in the second: with how many of the group, most first. */
  readonly joined: readonly NeighbourCount[];
  /** Rows that were neighbours in the first run and are far in the second. */
  readonly left: readonly NeighbourCount[];
  /** Chance of so many alike rows if the runs had nothing to do with each other, before it is held against the number of tries. */
  readonly chance: number;
}

export interface NeighbourCount {
  readonly row: number;
  readonly count: number;
}

/** Fewer rows are no group. */
const fewestRows = 5;
/** A row with fewer new neighbours from afar has not moved: a share of k. */
const fewestChanged = 0.3;
/** Cosine from which two places, or two changes, count as the same. */
const alike = 0.3;
/** Share of common near rows under which two rows are far from each other. */
const farShare = 0.1;
/** So much of what keeps a group together may at most hold between it and the rows it joins. */
const mostKinship = 0.25;
/** Chance of a single false group, over all rows and both directions. */
const risk = 1e-3;
const mostGroups = 12;
const mostNamed = 50;
/** A group with so much of another is the same one. */
const sameShare = 0.5;
const rowsPerYield = 16;
const rowsLookedAt = 24;

/**
 * Groups of rows that move together, found in the neighbour lists alone. A row's place in a run is its nearest rows, up to 50 or
 * an eighth of all; two places are one when the cosine of the two sets is at least .3. A row has moved when at least three
 * tenths of its k new neighbours were far: neither had the other in its old place, and less than a tenth of their old places
 * was common. A row founds a group when of the moved rows of its old place far more are in its new place than if they had
 * scattered by chance: the upper tail of the hypergeometric distribution, times twice the number of rows, is under .001. So
 * shuffled vectors have none. And the old places of the group must have little to do with those of the rows it joins, else
 * rows only changed seats within a topic. The same the other way round finds rows that leave their neighbours together.
 * Yields every few milliseconds.
 * @param request.a count × listLength positions, nearest first, −1 for none. `b` likewise
 * @returns the largest groups first, at most twelve; no row is in two
 * @throws RangeError when the lists do not fit or are shorter than k
 */
export function* findMovingGroups(request: {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly count: number;
  readonly k: number;
  readonly listLength: number;
}): Work<MovingGroup[]> {
  const { count, k, listLength } = request;
  if (request.a.length !== count * listLength || request.b.length !== count * listLength)
    throw new RangeError(`Neighbour lists do not fit ${count} rows of ${listLength}.`);
  if (k > listLength) throw new RangeError(`Lists of ${listLength} neighbours are too short for ${k}.`);
  if (count < 2 * fewestRows || k < 1) return [];
  const depth = Math.min(listLength, Math.max(k, Math.floor(count / 8)));
  const a = new Lists(request.a, listLength, count, depth);
  const b = new Lists(request.b, listLength, count, depth);
  const total = 2 * count;
  const joined = yield* beforehand(
    sparseRows(count, (row) => b.near(row, k).filter((other) => a.areFar(row, other))),
    0,
    total,
  );
  const left = yield* beforehand(
    sparseRows(count, (row) => a.near(row, k).filter((other) => b.areFar(row, other))),
    0,
    total,
  );
  const candidates = [
    ...(yield* findOneWay(a, b, joined, k, 0)),
    ...(yield* findOneWay(b, a, left, k, count)),
  ];
  const chosen = yield* beforehand(chooseGroups(candidates), total, total);
  return chosen.map(({ rows, chance }) => ({
    rows: Uint32Array.from(rows).sort(),
    joined: countRows(rows, joined),
    left: countRows(rows, left),
    chance,
  }));
}

interface Candidate {
  readonly rows: readonly number[];
  readonly chance: number;
  /** Costs most, so it is asked last. */
  readonly isFromAfar: () => boolean;
}

/** Work whose progress is that of the whole. */
function* beforehand<Result>(work: Work<Result>, done: number, total: number): Work<Result> {
  let step = work.next();
  while (!step.done) {
    yield { done, total };
    step = work.next();
  }
  return step.value;
}

/** Groups of rows that are in one place of `from` and in one place of `to`, with neighbours there that are far in `from`. */
function* findOneWay(
  from: Lists,
  to: Lists,
  changes: SparseRows,
  k: number,
  doneBefore: number,
): Work<Candidate[]> {
  const { count } = changes;
  const isMover = (row: number) => changes.entriesOf(row).length >= fewestChanged * k;
  const total = 2 * count;
  const profiles = function* (lists: Lists): Work<(row: number) => number[]> {
    const places = yield* sparseRows(count, (row) => [row, ...lists.place(row)]);
    return yield* likeProfiles(places, alike);
  };
  const findOrigins = yield* beforehand(profiles(from), doneBefore, total);
  const findEnds = yield* beforehand(profiles(to), doneBefore, total);
  const found: Candidate[] = [];
  for (let row = 0; row < count; row++) {
    if (row % rowsPerYield === 0) yield { done: doneBefore + row, total };
    if (!isMover(row)) continue;
    const movers = findOrigins(row).filter(isMover);
    if (movers.length + 1 < fewestRows) continue;
    const ends = new Set(findEnds(row));
    const both = movers.filter((other) => ends.has(other));
    if (both.length + 1 < fewestRows) continue;
    const chance = upperTail({
      population: count - 1,
      marked: ends.size,
      drawn: movers.length,
      hits: both.length,
    });
    const rows = [row, ...both];
    if (chance * 2 * count < risk)
      found.push({ rows, chance, isFromAfar: () => isFromAfar(rows, from, changes) });
  }
  return found;
}

/** Whether the old places of the rows have little to do with those of the rows they join. The first few rows tell. */
function isFromAfar(rows: readonly number[], from: Lists, changes: SparseRows): boolean {
  const some = rows.slice(0, rowsLookedAt);
  let within = 0;
  let between = 0;
  for (const row of some) {
    const changed = changes.entriesOf(row);
    const own = some.reduce((sum, other) => sum + (other === row ? 0 : from.commonShare(row, other)), 0);
    within += own / (some.length - 1);
    between += changed.reduce((sum, other) => sum + from.commonShare(row, other), 0) / changed.length;
  }
  return between <= mostKinship * within;
}

/** Largest first; rows of a group already taken are left out, and what then is too small, or mostly taken, is dropped. */
function* chooseGroups(candidates: readonly Candidate[]): Work<Candidate[]> {
  const ordered = [...candidates].sort(
    (one, other) =>
      other.rows.length - one.rows.length || one.chance - other.chance || one.rows[0]! - other.rows[0]!,
  );
  const taken = new Set<number>();
  const chosen: Candidate[] = [];
  for (const { rows, chance, isFromAfar } of ordered) {
    if (chosen.length === mostGroups) break;
    const free = rows.filter((row) => !taken.has(row));
    if (free.length < fewestRows || free.length < rows.length * sameShare) continue;
    yield { done: 0, total: 1 };
    if (!isFromAfar()) continue;
    for (const row of free) taken.add(row);
    chosen.push({ rows: free, chance, isFromAfar });
  }
  return chosen;
}

function countRows(rows: readonly number[], changes: SparseRows): NeighbourCount[] {
  const group = new Set(rows);
  const counts = new Map<number, number>();
  for (const row of rows)
    for (const other of changes.entriesOf(row))
      if (!group.has(other)) counts.set(other, (counts.get(other) ?? 0) + 1);
  return [...counts]
    .map(([row, count]) => ({ row, count }))
    .sort((one, other) => other.count - one.count || one.row - other.row)
    .slice(0, mostNamed);
}

/** A run's neighbour lists, and how far rows are from each other in them. */
class Lists {
  private readonly marks: Uint32Array;
  private marked = 0;

  constructor(
    private readonly ids: Int32Array,
    private readonly listLength: number,
    count: number,
    private readonly depth: number,
  ) {
    this.marks = new Uint32Array(count);
  }

  near(row: number, length: number): number[] {
    const start = row * this.listLength;
    return [...this.ids.subarray(start, start + length)].filter((id) => id >= 0);
  }

  place(row: number): number[] {
    return this.near(row, this.depth);
  }

  /** The share of near rows that two rows have in common. */
  commonShare(row: number, other: number): number {
    const mark = ++this.marked;
    const { marks, ids, listLength, depth } = this;
    for (let at = row * listLength; at < row * listLength + depth; at++)
      if (ids[at]! >= 0) marks[ids[at]!] = mark;
    let common = 0;
    for (let at = other * listLength; at < other * listLength + depth; at++)
      if (ids[at]! >= 0 && marks[ids[at]!] === mark) common++;
    return common / depth;
  }

  areFar(row: number, other: number): boolean {
    return (
      this.commonShare(row, other) < farShare &&
      !this.place(row).includes(other) &&
      !this.place(other).includes(row)
    );
  }
}
