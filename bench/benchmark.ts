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

type Contender = () => unknown;

/**
 * Milliseconds of each contender, the median of all rounds. Contenders take turns within each round, and every other round
 * goes backwards, so that a busy moment of the machine hits all of them alike. One round before is not counted.
 */
export async function timeInTurns<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(contenders) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const began = performance.now();
      await contenders[name]();
      const durationMs = performance.now() - began;
      if (round >= 0) times.get(name)!.push(durationMs);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>;
}
