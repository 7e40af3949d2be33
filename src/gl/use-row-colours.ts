import { useMemo } from 'react';
import { type DimRequest, dimRows } from './dim-rows';
import { rowColours } from './row-colours';

interface Request extends DimRequest {
  isDark: boolean;
}

/** Colours (rowCount × 4 RGBA bytes) of a map and how its rows are dimmed (`dimRows`), made again only when they differ. */
export function useRowColours(request: Request): { colours: Uint8Array; dims: Uint8Array | null } {
  const { groups, rowCount, isDark, focused, hiddenGroups, selection } = request;
  const colours = useMemo(
    () => rowColours(groups?.groupOf ?? null, rowCount, isDark),
    [groups, rowCount, isDark],
  );
  const dims = useMemo(
    () => dimRows({ rowCount, groups, focused, hiddenGroups, selection }),
    [rowCount, groups, focused, hiddenGroups, selection],
  );
  return { colours, dims };
}
