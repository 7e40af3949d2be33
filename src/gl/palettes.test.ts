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

type Triple = readonly [number, number, number];

function linear(hex: string): Triple {
  const [r, g, b] = parseHex(hex).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r!, g!, b!];
}

/** OKLab, from its published definition. */
function oklab([r, g, b]: Triple): Triple {
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function lightness(hex: string): number {
  return oklab(linear(hex))[0];
}

/** What eyes without one kind of cone see: Machado 2009, severity 1, in linear light. */
const eyes: Record<string, readonly [Triple, Triple, Triple]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seenBy(eye: string, hex: string): Triple {
  const light = linear(hex);
  const [r, g, b] = eyes[eye]!.map((mix) =>
    Math.min(1, Math.max(0, mix[0] * light[0] + mix[1] * light[1] + mix[2] * light[2])),
  );
  return oklab([r!, g!, b!]);
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

  it('give each of twelve categories its own colour and all others the context grey', () => {
    for (const isDark of [false, true]) {
      const colours = Array.from({ length: categoryColourCount }, (_, index) =>
        categoryColour(index, isDark),
      );
      expect(new Set(colours).size).toBe(12);
      expect(colours).not.toContain(contextColour(isDark));
      expect(categoryColour(12, isDark)).toBe(contextColour(isDark));
      expect(categoryColour(-1, isDark)).toBe(contextColour(isDark));
    }
  });

  it.each(Object.keys(eyes))('keep categories and the grey of the ground apart for %s eyes', (eye) => {
    for (const isDark of [false, true]) {
      const seen = [
        ...Array.from({ length: categoryColourCount }, (_, index) => categoryColour(index, isDark)),
        contextColour(isDark),
      ].map((hex) => seenBy(eye, hex));
      const apart = seen.flatMap((a, i) =>
        seen.slice(0, i).map((b) => 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
      );
      expect(Math.min(...apart)).toBeGreaterThan(eye === 'usual' ? 12 : 9);
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
