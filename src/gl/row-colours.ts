import { categoryColour, categoryColourCount, contextColour, parseHex, type Rgb } from './palettes';

/** Colours (#RRGGBB) that a person gave to groups. */
export type OwnColours = ReadonlyMap<number, string>;

/** Colour of a group: its own, or the palette's for the first twelve; all others share the ground's grey, and so do rows without a group. */
export function groupColour(group: number, isDark: boolean, own?: OwnColours): string {
  const given = own?.get(group);
  if (given !== undefined) return given;
  return group >= 0 && group < categoryColourCount ? categoryColour(group, isDark) : contextColour(isDark);
}

/** rowCount × 4 RGBA bytes, by the group of each row; without groups all rows have the first colour. */
export function rowColours(
  groupOf: Int32Array | null,
  rowCount: number,
  isDark: boolean,
  own?: OwnColours,
): Uint8Array {
  const colours = new Uint8Array(rowCount * 4);
  const known = new Map<number, Rgb>();
  const colourOf = (group: number) => {
    const colour = known.get(group);
    if (colour !== undefined) return colour;
    const parsed = parseHex(groupColour(group, isDark, own));
    known.set(group, parsed);
    return parsed;
  };
  for (let row = 0; row < rowCount; row++) {
    const [red, green, blue] = colourOf(groupOf === null ? 0 : groupOf[row]!);
    colours[4 * row] = red;
    colours[4 * row + 1] = green;
    colours[4 * row + 2] = blue;
    colours[4 * row + 3] = 255;
  }
  return colours;
}
