import { type BenchmarkContext, type Clock, type OwnTime, timeInTurns } from '../benchmark';
import type { PythonPeer } from '../peers/python-peer';
import { makeClusteredRows } from './clustered-rows';
import type { Task } from './task';

/** Where contests are held. */
export interface Arena {
  /** Of this arena's contenders. */
  readonly clock: Clock;
  /** Steps of that clock, with room to spare. */
  readonly leastMs: number;
  readonly python: PythonPeer | null;
  /** Prepares a contest, ending the one before; the names of its contenders, and the share of the work that each does. */
  open(task: Task): Promise<Readonly<Record<string, number>>>;
  run(contender: string): Promise<unknown>;
}

export type PythonWork = (peer: PythonPeer) => Readonly<Record<string, () => Promise<OwnTime>>>;

/** Holds a contest in turns: milliseconds that each contender takes for all of the work. */
export async function holdContest(
  arena: Arena,
  context: BenchmarkContext,
  task: Task,
  pythonWork: PythonWork = () => ({}),
): Promise<Readonly<Record<string, number>>> {
  const shares = await arena.open(task);
  const isWanted = (name: string) => context.peers?.some((part) => name.includes(part)) ?? true;
  const contenders: Record<string, () => unknown> = {};
  for (const name of Object.keys(shares))
    if (/\bours\b/.test(name) || isWanted(name)) contenders[name] = () => arena.run(name);
  if (arena.python !== null) {
    const peers = Object.fromEntries(
      Object.entries(pythonWork(arena.python)).filter(([name]) => isWanted(name)),
    );
    const hasPeers = Object.keys(peers).length > 0;
    if (hasPeers && task.kind === 'map') await arena.python.warm();
    if (hasPeers) await arena.python.load(makeClusteredRows(task.n, task.d, task.seed).rows, task.n, task.d);
    Object.assign(contenders, peers);
  }
  context.say(`${task.kind}, ${task.n} × ${task.d}: ${Object.keys(contenders).join(' · ')}`);
  const { clock, leastMs } = arena;
  const times = await timeInTurns(contenders, { rounds: context.rounds, clock, leastMs });
  return Object.fromEntries(Object.entries(times).map(([name, ms]) => [name, ms / (shares[name] ?? 1)]));
}
