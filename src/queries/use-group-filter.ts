import { useMemo } from 'react';
import { useStore } from 'zustand';
import { groupsNamed, type RowGroups, rowsOfGroups } from '@/core/dataset/group-rows';
import { emptyGroup, showOnlyGroups, toggleGroups } from '@/state/filter';
import { selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';

/** What a legend filters and selects, for the groups that rows are coloured by; null is one colour for all. */
export function useGroupFilter(groups: RowGroups | null) {
  const names = useStore(viewStore, ({ view }) => view.hiddenGroups);
  const hidden = useMemo(
    (): ReadonlySet<number> => (groups === null ? new Set() : groupsNamed(groups, names)),
    [groups, names],
  );
  return useMemo(() => {
    const nameOf = (group: number) => groups?.names[group] ?? emptyGroup;
    return {
      hidden,
      hiddenCount: [...hidden].reduce(
        (sum, group) => sum + ((group < 0 ? groups?.emptyCount : groups?.counts[group]) ?? 0),
        0,
      ),
      onToggle: (members: readonly number[]) => toggleGroups(members.map(nameOf)),
      onOnly: (members: readonly number[]) =>
        showOnlyGroups(members.map(nameOf), [...(groups?.names ?? []), emptyGroup]),
      onSelect: (members: readonly number[], name: string) => {
        if (groups !== null) selectRows(rowsOfGroups(groups, new Set(members)), 'replace', `Select ${name}`);
      },
    };
  }, [groups, hidden]);
}
