import { useMemo } from 'react';
import type { RowGroups } from '@/core/dataset/group-rows';
import { rowColours } from './row-colours';

interface Request {
  /** Null is one colour for all. */
  groups: RowGroups | null;
  rowCount: number;
  isDark: boolean;
  /** Groups that alone keep their colour, null for all. */
  focused: ReadonlySet<number> | null;
}

/** Colours (rowCount × 4 RGBA bytes) and muted rows (rowCount flags, or null) of a map, made again only when they differ. */
export function useRowColours({ groups, rowCount, isDark, focused }: Request): {
  colours: Uint8Array;
  muted: Uint8Array | null;
} {
  const colours = useMemo(
    () => rowColours(groups?.groupOf ?? null, rowCount, isDark),
    [groups, rowCount, isDark],
  );
  const muted = useMemo(
    () =>
      focused === null || groups === null
        ? null
        : Uint8Array.from(groups.groupOf, (group) => (focused.has(group) ? 0 : 1)),
    [focused, groups],
  );
  return { colours, muted };
}
