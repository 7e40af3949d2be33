/**
 * Colours (rows × 4 RGBA bytes) in which selected rows without a colour of their own can be told from the greyed others. The
 * same array where there is nothing to tell apart.
 * @param hasColour whether a row's own colour differs from the ground's grey
 */
export function markSelected(
  colours: Uint8Array,
  selection: readonly number[],
  hasColour: (row: number) => boolean,
  [red, green, blue]: readonly [number, number, number],
): Uint8Array {
  const plain = selection.filter((row) => !hasColour(row));
  if (plain.length === 0) return colours;
  const marked = colours.slice();
  for (const row of plain) marked.set([red, green, blue], 4 * row);
  return marked;
}
