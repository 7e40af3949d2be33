import { expect, it } from 'vitest';
import { colourCells } from './heat-canvas';
import { paletteColour, sequentialPalette } from './palettes';

const palette = sequentialPalette(false);

it('colours cells along the palette, clamps beyond its ends, and leaves empty ones clear', () => {
  const values = Float32Array.of(-1, 0, 0.5, 1, 7, Number.NaN);
  const bytes = new Uint8ClampedArray(4 * values.length);
  colourCells(values, bytes, palette, [0, 1], null);
  const colours = Array.from({ length: values.length }, (_, i) => [...bytes.subarray(4 * i, 4 * i + 4)]);
  for (const [i, share] of [0, 0, 128 / 255, 1, 1].entries())
    expect(colours[i]).toEqual([...paletteColour(palette, share), 255]);
  expect(colours[5]).toEqual([0, 0, 0, 0]);
});

it('looks values up in the curve where there is one', () => {
  const curve = Float32Array.of(10, 20, 30, 40);
  const bytes = new Uint8ClampedArray(12);
  colourCells(Float32Array.of(-1, 0, 1), bytes, ['#000000', '#ffffff'], [10, 40], curve);
  expect([bytes[0], bytes[4], bytes[8]]).toEqual([0, Math.floor((20 / 30) * 255 + 0.5), 255]);
});
