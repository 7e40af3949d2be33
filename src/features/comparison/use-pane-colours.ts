import { useMemo } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import { shareColours } from '@/gl/share-colours';
import { useLens } from '@/queries/use-lens';
import { meanShares } from './shared-rows';

export interface PaneColours {
  /** Each pane's own colours (rows × 4 RGBA bytes); null where rows have the colours of their groups. */
  readonly coloursOf: readonly Uint8Array[] | null;
  /** The row the distance lens is on, once its colours are there. */
  readonly lensRow: number | null;
}

/**
 * Colours that differ from map to map: under the distance lens, how alike each run finds all rows to the one under the pointer;
 * else, where wanted, the share of neighbours kept of the reference's, on its own map the mean over the others.
 */
export function usePaneColours(
  runs: readonly RunRecord[],
  sharesOf: ((run: RunRecord) => Float32Array | null) | null,
  isDark: boolean,
): PaneColours {
  const lens = useLens(runs);
  const likeness = useColours(lens.percentiles, asShares, isDark);
  const shares = sharesOf === null ? [] : runs.slice(1).map(sharesOf);
  const kept = useColours(shares, withMean, isDark);
  return { coloursOf: likeness ?? kept, lensRow: likeness === null ? null : lens.row };
}

const asShares = (percentiles: readonly Float32Array[]) =>
  percentiles.map((values) => values.map((value) => value / 100));

const withMean = (shares: readonly Float32Array[]) => [meanShares(shares), ...shares];

/** Colours once all are known, made again only when one of them is another array. */
function useColours(
  values: readonly (Float32Array | null)[],
  spread: (known: readonly Float32Array[]) => readonly Float32Array[],
  isDark: boolean,
): readonly Uint8Array[] | null {
  const known = values.filter((each) => each !== null);
  const isKnown = known.length > 0 && known.length === values.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the arrays themselves, not the array of them, tell changes
  return useMemo(
    () => (isKnown ? spread(known).map((shares) => shareColours(shares, isDark)) : null),
    [isKnown, isDark, known.length, ...known],
  );
}
