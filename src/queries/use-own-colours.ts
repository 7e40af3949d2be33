import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RowGroups } from '@/core/dataset/group-rows';
import { ownColourKey } from '@/state/filter';
import { viewStore } from '@/state/view';

/**
 * Colours (#RRGGBB) that a person gave to groups of rows coloured by `title`, by group.
 * @param keys what the groups' colours are kept under, where that is not their names
 */
export function useOwnColours(
  datasetId: string,
  title: string,
  groups: Pick<RowGroups, 'names'> | null,
  keys?: readonly string[],
): ReadonlyMap<number, string> {
  const ownColours = useStore(viewStore, ({ view }) => view.ownColours);
  const names = groups?.names;
  return useMemo(
    () =>
      new Map(
        names?.flatMap((name, group) => {
          const colour = ownColours[ownColourKey(datasetId, title, keys?.[group] ?? name)];
          return colour === undefined ? [] : [[group, colour] as const];
        }),
      ),
    [names, title, keys, ownColours, datasetId],
  );
}
