/** One measured figure, as `--json` prints it. */
export interface BenchmarkResult {
  readonly name: string;
  /** Rows. */
  readonly n: number;
  /** Numbers a row; null where that means nothing. */
  readonly d: number | null;
  readonly unit: string;
  readonly value: number;
  /** What the figure is held against: another library, or a limit. Null where there is nothing. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** Above 1 where ours is better, whether more or less of the unit is better. */
  readonly ratio: number | null;
}

/** Rows and numbers a row. */
export interface Shape {
  readonly n: number;
  readonly d: number;
}

/** What a group of benchmarks may use. */
export interface BenchmarkContext {
  /** The project's folder, with a slash at the end. */
  readonly root: string;
  /** Rounds of each comparison. */
  readonly rounds: number;
  /** Rows of the large runs. */
  readonly rows: number;
  /** Port on which the built page is served. */
  readonly port: number;
  /** Shapes asked for in place of each group's own; null where none were. */
  readonly shapes: readonly Shape[] | null;
  /** Parts of the names of the peers that contests are held with; null for all. */
  readonly peers: readonly string[] | null;
  /** Whether the groups' large shapes are measured too. */
  readonly large: boolean;
  /** Tells the person who waits what is going on. */
  say(line: string): void;
}

/** Benchmarks of one subject: one file, one line in the list. */
export interface BenchmarkGroup {
  readonly name: string;
  readonly about: string;
  readonly where: 'node' | 'browser';
  run(context: BenchmarkContext): AsyncGenerator<BenchmarkResult, void>;
}

export interface Figure {
  readonly name: string;
  readonly n: number;
  readonly d: number | null;
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly value: number;
  readonly peer?: { readonly name: string; readonly value: number };
}

/** A figure beside its peer's, and the ratio of the two. */
export function compareFigures({ name, n, d, unit, better, value, peer }: Figure): BenchmarkResult {
  if (peer === undefined) return { name, n, d, unit, value, peer: null, peerValue: null, ratio: null };
  const ratio = better === 'more' ? value / peer.value : peer.value / value;
  return { name, n, d, unit, value, peer: peer.name, peerValue: peer.value, ratio };
}

/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('There is no median of no values.');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Shapes that a group measures: those asked for, else its own. */
export function chooseShapes(
  { shapes, large }: BenchmarkContext,
  usual: readonly Shape[],
  beyond: readonly Shape[],
): readonly Shape[] {
  return shapes ?? (large ? [...usual, ...beyond] : usual);
}

type Contender = () => unknown;

/** What a contender returns that keeps its own time, such as one in another process. */
export class OwnTime {
  constructor(readonly ms: number) {}
}

/** Milliseconds on some clock. */
export type Clock = () => number | Promise<number>;

/**
 * Time this process had a processor, all its threads together: the same on a busy machine as on a quiet one, save for
 * caches.
 */
export const processorClock: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export interface TurnOptions {
  readonly rounds: number;
  /** Default: the time that passes. */
  readonly clock?: Clock;
  /** A turn is repeated until its clock has gone on so far, where the clock goes in steps. Default 0. */
  readonly leastMs?: number;
  /** Milliseconds of wall time after which no further round begins; one at least counts. Default: one minute. */
  readonly budgetMs?: number;
}

async function timeTurn(contender: Contender, clock: Clock, leastMs: number): Promise<number> {
  let spent = 0;
  let turns = 0;
  do {
    const began = await clock();
    const result = await contender();
    spent += result instanceof OwnTime ? result.ms : (await clock()) - began;
    turns++;
  } while (spent < leastMs && turns < 100);
  return spent / turns;
}

/**
 * Milliseconds of each contender, the median of all rounds. Contenders take turns within each round, and every other round
 * goes backwards, so that a busy moment of the machine hits all of them alike. One round before is not counted, unless it
 * alone took a third of the budget.
 */
export async function timeInTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { rounds, clock = () => performance.now(), leastMs = 0, budgetMs = 60_000 }: TurnOptions,
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  const startedAt = performance.now();
  for (let round = -1; round < rounds; round++) {
    const roundAt = performance.now();
    const measured: [Name, number][] = [];
    for (const name of round % 2 === 0 ? names : names.toReversed())
      measured.push([name, await timeTurn(contenders[name], clock, leastMs)]);
    const now = performance.now();
    const isSlow = round < 0 && now - roundAt > budgetMs / 3;
    if (round >= 0 || isSlow) for (const [name, ms] of measured) times.get(name)!.push(ms);
    if (isSlow || (round >= 0 && now - startedAt + (now - roundAt) > budgetMs)) break;
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>;
}

/**
 * The exponent p of the power n^p that fits times best, by least squares of the logarithms. Needs two different n.
 */
export function fitGrowth(points: readonly { readonly n: number; readonly ms: number }[]): number {
  const logs = points.map(({ n, ms }) => [Math.log(n), Math.log(ms)] as const);
  const mean = (axis: 0 | 1) => logs.reduce((sum, log) => sum + log[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  let products = 0;
  let squares = 0;
  for (const log of logs) {
    products += (log[0] - x) * (log[1] - y);
    squares += (log[0] - x) ** 2;
  }
  if (squares === 0) throw new RangeError('Growth cannot be fitted to one size.');
  return products / squares;
}
