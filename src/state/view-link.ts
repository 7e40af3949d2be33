import { initialView, readView, type View } from './view';

/** Chosen rows and names a person typed travel with a link only while it stays short enough to be pasted anywhere. */
const longestLink = 1800;
const prefix = '#view=';
/**
 * Names are words of the texts, or typed by a person: a link is for places where those should not go. These, and what a person worked
 * out, belong to whoever has them.
 */
const neverLinked = [
  'clusterNames',
  'ownColours',
  'savedSelections',
  'judgements',
  'steps',
  'reportTitle',
] as const satisfies readonly (keyof View)[];
const dropped: readonly (keyof View)[] = ['selection', 'isolated', 'hiddenGroups', 'tableFilters'];

/**
 * The view as the fragment of an address: what differs from a fresh page, as JSON. It holds no text and no key; a selection
 * and filters are left out where they would make it longer than 1,800 characters.
 */
export function viewToHash(view: View): string {
  const linked = Object.entries(view).filter(
    ([key, value]) =>
      !neverLinked.some((own) => own === key) &&
      // Groups of any other colouring are named by words of the texts.
      (key !== 'hiddenGroups' || view.colourBy?.kind === 'column') &&
      JSON.stringify(value) !== JSON.stringify(initialView[key as keyof View]),
  );
  const whole = write(linked);
  if (whole.length <= longestLink) return whole;
  return write(linked.filter(([key]) => !dropped.includes(key as keyof View)));
}

function write(entries: readonly (readonly [string, unknown])[]): string {
  return prefix + encodeURIComponent(JSON.stringify(Object.fromEntries(entries)));
}

/** A view out of a link, with what never travels as it is here. */
export function keepOwn(linked: View, own: View): View {
  return { ...linked, ...Object.fromEntries(neverLinked.map((key) => [key, own[key]])) };
}

/** The view in the fragment of an address; null where there is none, or where it is not one. */
export function viewFromHash(hash: string): View | null {
  if (!hash.startsWith(prefix)) return null;
  try {
    return readView(JSON.parse(decodeURIComponent(hash.slice(prefix.length))));
  } catch {
    return null;
  }
}
