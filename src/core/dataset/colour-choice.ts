/** What rows are coloured by. */
export type ColourChoice =
  | { readonly kind: 'none' }
  /** A column of the dataset: by its values, or along a scale where they are numbers or dates. */
  | { readonly kind: 'column'; readonly name: string }
  /** Groups found in the vectors. */
  | { readonly kind: 'cluster' }
  /** How alike each row is to the pinned one. */
  | { readonly kind: 'similarity' }
  /** How far each row's place on the map can be believed. */
  | { readonly kind: 'trust' }
  /** How many of each row's neighbours another run shares. */
  | { readonly kind: 'agreement'; readonly run: string }
  /** How many of each row's neighbours on the map stay when the map is drawn from other seeds. */
  | { readonly kind: 'stability' };

/** Stood for "one colour for all" when choices were kept as text. */
const noneAsText = 'none';

/** A stored choice as it is kept now: it used to be a column's name, or `none`. Anything else is returned as it is. */
export function readColourChoice(stored: unknown): unknown {
  if (typeof stored !== 'string') return stored;
  return stored === noneAsText ? { kind: 'none' } : { kind: 'column', name: stored };
}
