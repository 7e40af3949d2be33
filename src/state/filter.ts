import type { ColourChoice } from '@/core/dataset/colour-choice';
import { commit, viewStore } from '@/state/view';

/** The name under which rows without a value are filtered. */
export const emptyGroup = '';

/** Colours rows by something else; what was filtered out by the old colours comes back with the same step. */
export function colourRowsBy(colourBy: ColourChoice): void {
  commit({ colourBy, hiddenGroups: [] }, 'Change colour');
}

/** Filters groups out, or brings them back where all of them are out already. A step. */
export function toggleGroups(names: readonly string[]): void {
  const { hiddenGroups } = viewStore.getState().view;
  const areHidden = names.every((name) => hiddenGroups.includes(name));
  const others = hiddenGroups.filter((name) => !names.includes(name));
  commit(
    { hiddenGroups: areHidden ? others : [...others, ...names] },
    areHidden ? 'Show group' : 'Hide group',
  );
}

/** Filters out all groups but some; brings all back where that is so already. A step. */
export function showOnlyGroups(names: readonly string[], all: readonly string[]): void {
  const { hiddenGroups } = viewStore.getState().view;
  const others = all.filter((name) => !names.includes(name));
  const isSo = hiddenGroups.length === others.length && others.every((name) => hiddenGroups.includes(name));
  commit({ hiddenGroups: isSo ? [] : others }, isSo ? 'Show all groups' : 'Show one group');
}

/** Brings all groups back; a step, unless none is out. */
export function showAllGroups(): void {
  if (viewStore.getState().view.hiddenGroups.length > 0) commit({ hiddenGroups: [] }, 'Show all groups');
}

/** What a group's own colour is kept under: for its dataset, so that another one's value of the same name has none. */
export function ownColourKey(datasetId: string, title: string, group: string): string {
  return `${datasetId} ${title}: ${group}`;
}

/** Gives a group a colour of its own (#RRGGBB), or with null the palette's again. A step. */
export function colourGroup(key: string, colour: string | null): void {
  const { [key]: _, ...others } = viewStore.getState().view.ownColours;
  commit({ ownColours: colour === null ? others : { ...others, [key]: colour } }, 'Change a group’s colour');
}
