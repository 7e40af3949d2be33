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
  // A colour is written as one number: there may be many rows, and this is done while the page waits.
  const colours = new Uint32Array(rowCount);
  if (groupOf === null) return bytesOf(colours.fill(packColour(groupColour(0, isDark, own))));
  const ground = packColour(contextColour(isDark));
  const named = Math.max(categoryColourCount, ...[...(own?.keys() ?? [])].map((group) => group + 1));
  const colourOf = Uint32Array.from({ length: named }, (_, group) =>
    packColour(groupColour(group, isDark, own)),
  );
  for (let row = 0; row < rowCount; row++) {
    const group = groupOf[row]!;
    colours[row] = group >= 0 && group < named ? colourOf[group]! : ground;
  }
  return bytesOf(colours);
}

/** The four bytes of an opaque colour as the number that they are in memory. */
export function packColour(colour: string | Rgb): number {
  const rgb = typeof colour === 'string' ? parseHex(colour) : colour;
  return new Uint32Array(Uint8Array.of(...rgb, 255).buffer)[0]!;
}

export function bytesOf(numbers: Uint32Array<ArrayBuffer>): Uint8Array {
  return new Uint8Array(numbers.buffer);
}
