import { categoryColour, categoryColourCount, contextColour, parseHex } from './palettes';

/** Colour of a group: the first ten have one each, all others share the ground's grey, and so do rows without a group. */
export function groupColour(group: number, isDark: boolean): string {
  return group >= 0 && group < categoryColourCount ? categoryColour(group, isDark) : contextColour(isDark);
}

/** rowCount × 4 RGBA bytes, by the group of each row; without groups all rows have the first colour. */
export function rowColours(groupOf: Int32Array | null, rowCount: number, isDark: boolean): Uint8Array {
  const colours = new Uint8Array(rowCount * 4);
  const table = Array.from({ length: categoryColourCount + 1 }, (_, group) =>
    parseHex(groupColour(group, isDark)),
  );
  for (let row = 0; row < rowCount; row++) {
    const group = groupOf === null ? 0 : groupOf[row]!;
    const [red, green, blue] = table[group < 0 ? categoryColourCount : Math.min(group, categoryColourCount)]!;
    colours[4 * row] = red;
    colours[4 * row + 1] = green;
    colours[4 * row + 2] = blue;
    colours[4 * row + 3] = 255;
  }
  return colours;
}
