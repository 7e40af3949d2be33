/**
 * The form in which the baselines compare texts: compatibility characters folded (NFKC), lower case without a locale,
 * one kind of apostrophe.
 */
export function normaliseText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('\u2019', "'");
}
