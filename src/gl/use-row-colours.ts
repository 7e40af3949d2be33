import { useMemo } from 'react';
import { type DimRequest, dimRows } from './dim-rows';
import { type OwnColours, rowColours } from './row-colours';
import { shareColours } from './share-colours';

interface Request extends DimRequest {
  isDark: boolean;
  /** Colours that groups have instead of the palette's; compared by identity. */
  own?: OwnColours;
  /** Where each row lies on a scale, 0 to 1, NaN for nowhere: colours rows instead of their groups. */
  shares?: Float32Array | null;
}

/** Colours (rowCount × 4 RGBA bytes) of a map and how its rows are dimmed (`dimRows`), made again only when they differ. */
export function useRowColours(request: Request): { colours: Uint8Array; dims: Uint8Array | null } {
  const { groups, rowCount, isDark, focused, hiddenGroups, selection, own, shares = null } = request;
  const colours = useMemo(
    () =>
      shares === null
        ? rowColours(groups?.groupOf ?? null, rowCount, isDark, own)
        : shareColours(shares, isDark),
    [groups, rowCount, isDark, own, shares],
  );
  const dims = useMemo(
    () => dimRows({ rowCount, groups, focused, hiddenGroups, selection }),
    [rowCount, groups, focused, hiddenGroups, selection],
  );
  return { colours, dims };
}
