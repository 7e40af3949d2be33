import type { CatalogModel } from '@/queries/catalog';

/** Most models listed at once; a search finds the others. */
export const mostListed = 200;

/** A model in the list, from the catalog or typed by hand. */
export interface ListedModel extends CatalogModel {
  readonly isByHand: boolean;
}

export interface ModelList {
  /** The first matches. */
  readonly listed: readonly ListedModel[];
  /** How many there are. */
  readonly matches: number;
  /** How many models there are without the search. */
  readonly total: number;
}

function modelByHand(id: string): ListedModel {
  return {
    id,
    name: id,
    embeds: 'none',
    contextLength: null,
    availability: null,
    gated: null,
    availableOnPlan: null,
    concurrencyCost: null,
    page: null,
    isByHand: true,
  };
}

/**
 * Models whose id or name contains every word of the search, capitals aside; those typed by hand and not in the catalog
 * come first, the others in the order of the catalog.
 */
export function listModels(
  models: readonly CatalogModel[],
  byHand: readonly string[],
  search: string,
): ModelList {
  const known = new Set(models.map(({ id }) => id));
  const all = [
    ...byHand.filter((id) => !known.has(id)).map(modelByHand),
    ...models.map((model): ListedModel => ({ ...model, isByHand: false })),
  ];
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const matching = all.filter(({ id, name }) => {
    const text = `${id} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return { listed: matching.slice(0, mostListed), matches: matching.length, total: all.length };
}

/** How much of the catalog the list shows, in words. */
export function describeList({ listed, matches, total }: ModelList): string {
  const count = (value: number) => value.toLocaleString('en');
  if (matches === 0) return `No match among ${count(total)} models`;
  if (listed.length < matches) return `First ${count(listed.length)} of ${count(matches)} matches`;
  const noun = total === 1 ? 'model' : 'models';
  return matches === total ? `${count(total)} ${noun}` : `${count(matches)} of ${count(total)} ${noun}`;
}
