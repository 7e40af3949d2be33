import { describe, expect, it } from 'vitest';
import {
  categoryColour,
  categoryColourCount,
  contextColour,
  divergingPalette,
  modelColour,
  modelColourVariables,
  modelShape,
  modelSlotCount,
  paletteColour,
  paletteTable,
  parseHex,
  sequentialPalette,
} from './palettes';

/** Lightness of OKLab, from its published definition. */
function lightness(hex: string): number {
  const [r = 0, g = 0, b = 0] = parseHex(hex).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
}

describe('palettes', () => {
  it('grow darker with likeness in the light scheme and lighter in the dark one', () => {
    const light = sequentialPalette(false).map(lightness);
    const dark = sequentialPalette(true).map(lightness);
    expect(light).toEqual([...light].sort((a, b) => b - a));
    expect(dark).toEqual([...dark].sort((a, b) => a - b));
    expect(light[0]).toBeCloseTo(0.99, 1);
    expect(light.at(-1)).toBeCloseTo(0.25, 1);
  });

  it('have zero in the middle of the diverging stops, nearest to the ground', () => {
    for (const isDark of [false, true]) {
      const values = divergingPalette(isDark).map(lightness);
      expect(values).toHaveLength(7);
      expect(values[3]).toBe(isDark ? Math.min(...values) : Math.max(...values));
    }
  });

  it('are read at the stops, between them and beyond the ends', () => {
    const stops = ['#000000', '#804020', '#FFFFFF'];
    expect(paletteColour(stops, 0)).toEqual([0, 0, 0]);
    expect(paletteColour(stops, 0.5)).toEqual([128, 64, 32]);
    expect(paletteColour(stops, 0.25)).toEqual([64, 32, 16]);
    expect(paletteColour(stops, 1)).toEqual([255, 255, 255]);
    expect(paletteColour(stops, -3)).toEqual([0, 0, 0]);
    expect(paletteColour(stops, 3)).toEqual([255, 255, 255]);
    expect(paletteColour(['#010203'], 0.7)).toEqual([1, 2, 3]);
    expect(() => paletteColour([], 0.5)).toThrow(RangeError);
    expect([...paletteTable(stops, 3)]).toEqual([0, 0, 0, 255, 128, 64, 32, 255, 255, 255, 255, 255]);
  });

  it('give each of ten categories its own colour and all others the context grey', () => {
    for (const isDark of [false, true]) {
      const colours = Array.from({ length: categoryColourCount }, (_, index) =>
        categoryColour(index, isDark),
      );
      expect(new Set(colours).size).toBe(10);
      expect(colours).not.toContain(contextColour(isDark));
      expect(categoryColour(10, isDark)).toBe(contextColour(isDark));
      expect(categoryColour(-1, isDark)).toBe(contextColour(isDark));
    }
  });

  it('give each of six models its own colour and shape', () => {
    const slots = Array.from({ length: modelSlotCount }, (_, slot) => slot);
    expect(new Set(slots.map(modelShape)).size).toBe(6);
    for (const isDark of [false, true])
      expect(new Set(slots.map((slot) => modelColour(slot, isDark))).size).toBe(6);
    expect(modelColour(6, false)).toBe(modelColour(17, false));
    expect(modelColourVariables(true)['--model-b']).toBe(modelColour(1, true));
  });

  it('refuse what is no colour', () => {
    expect(parseHex('#0aF010')).toEqual([10, 240, 16]);
    for (const wrong of ['#fff', 'red', '#12345G', '']) expect(() => parseHex(wrong)).toThrow(RangeError);
  });
});
