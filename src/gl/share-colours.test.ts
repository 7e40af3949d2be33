import { describe, expect, it } from 'vitest';
import { contextColour, parseHex, sequentialPalette } from './palettes';
import { shareColours, shareStops } from './share-colours';

const rowOf = (colours: Uint8Array, row: number) => [...colours.subarray(4 * row, 4 * row + 3)];

describe('shareColours', () => {
  it('is fixed: a share has its colour whatever the others are', () => {
    for (const isDark of [false, true]) {
      const alone = shareColours(Float32Array.from([0.4]), isDark);
      const among = shareColours(Float32Array.from([0, 0.4, 1, 0.7]), isDark);
      expect(rowOf(among, 1)).toEqual(rowOf(alone, 0));
    }
  });

  it('runs to the end of the palette, and shows rows without a share in grey', () => {
    const colours = shareColours(Float32Array.from([0, 1, Number.NaN]), false);
    expect(rowOf(colours, 0)).toEqual([...parseHex(sequentialPalette(false)[2]!)]);
    expect(rowOf(colours, 1)).toEqual([...parseHex(sequentialPalette(false).at(-1)!)]);
    expect(rowOf(colours, 2)).toEqual([...parseHex(contextColour(false))]);
    expect(shareStops(false).at(-1)).toBe(`rgb(${rowOf(colours, 1).join(' ')})`);
  });
});
