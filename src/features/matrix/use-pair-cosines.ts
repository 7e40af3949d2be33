import { useEffect, useState } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import { cosinesOfPair } from '@/queries/tiles';
import { askLatest, type LatestAnswer, nextFrame } from './latest-answer';

interface Pair {
  readonly runs: readonly RunRecord[];
  readonly a: number;
  readonly b: number;
}

export interface PairCosines {
  /** One a run, null where the run lacks one of the rows; null as a whole until they are there. */
  readonly cosines: readonly (number | null)[] | null;
  readonly hasFailed: boolean;
}

/** Exact cosines of dataset rows a and b in each run. While the pair changes quickly only the latest is asked for. */
export function usePairCosines(runs: readonly RunRecord[], a: number, b: number): PairCosines {
  const [known, setKnown] = useState<{ pair: Pair; cosines: (number | null)[] | null } | null>(null);
  const [line, setLine] = useState<LatestAnswer<Pair> | null>(null);
  useEffect(() => {
    const made = askLatest<Pair, (number | null)[]>({
      ask: (pair) => cosinesOfPair(pair.runs, pair.a, pair.b),
      tell: (pair, cosines) => setKnown({ pair, cosines }),
      turn: nextFrame,
    });
    setLine(made);
    return () => made.stop();
  }, []);
  useEffect(() => line?.want({ runs, a, b }), [line, runs, a, b]);
  const isCurrent = known !== null && known.pair.a === a && known.pair.b === b && known.pair.runs === runs;
  return isCurrent
    ? { cosines: known.cosines, hasFailed: known.cosines === null }
    : { cosines: null, hasFailed: false };
}
