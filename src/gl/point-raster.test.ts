import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grey, hidden } from './dim-rows';
import type { Rgb } from './palettes';
import { PlainStampSpace } from './plain-stamps';
import { type DrawnRows, PointRaster, type RasterView, rasterRoom } from './point-raster';
import { openStampSpace } from './stamp-space';
import { absentX } from './world-points';

const wasm = readFileSync(new URL('./points.wasm', import.meta.url));
/** With SIMD, as the page has it. */
const openRaster = () => new PointRaster(openStampSpace(...rasterRoom, wasm));
const openPlainRaster = () => new PointRaster(new PlainStampSpace(...rasterRoom));

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** The formulas of the shader of `PointLayer`, every pixel against every row, in float64. RGBA of 0 to 255, multiplied by alpha. */
function referencePicture(rows: DrawnRows, view: RasterView): Float64Array {
  const { start, end, progress, colours, dims, sizes, dimColour, edgeColour } = rows;
  const picture = new Float64Array(4 * view.width * view.height);
  for (const dimPass of [true, false])
    for (let row = 0; row < colours.length / 4; row++) {
      const isDim = (dims?.[row] ?? 0) > 0;
      if (isDim !== dimPass || colours[4 * row + 3] === 0 || end[2 * row]! > absentX / 2) continue;
      const from = start[2 * row]! > absentX / 2 ? end : start;
      const at = (axis: 0 | 1) =>
        from[2 * row + axis]! + (end[2 * row + axis]! - from[2 * row + axis]!) * progress;
      const x = (at(0) - view.centreX) * view.scaleX + view.width / 2;
      const y = -(at(1) - view.centreY) * view.scaleY + view.height / 2;
      const radiusPx = isDim ? Math.max(rows.radiusPx - 0.7, 0.6) : rows.radiusPx * (sizes?.[row] ?? 1);
      const radius = radiusPx * view.pixelRatio;
      const edgeWidth = rows.edgePx * view.pixelRatio;
      const [inner, outer] = [radius - edgeWidth / 2, radius + edgeWidth / 2];
      for (let line = 0; line < view.height; line++)
        for (let column = 0; column < view.width; column++) {
          const distance = Math.sqrt((column + 0.5 - x) ** 2 + (line + 0.5 - y) ** 2);
          const cover = clamp(outer - distance + 0.5);
          const edge = edgeWidth > 0 ? clamp(distance - inner + 0.5) : 0;
          const hole = (dims?.[row] ?? 0) > 1 ? clamp(inner - view.pixelRatio - distance + 0.5) : 0;
          const alpha = cover * (colours[4 * row + 3]! / 255) * rows.pointOpacity * (1 - hole);
          const pixel = 4 * (line * view.width + column);
          for (let channel = 0; channel < 3; channel++) {
            const own = isDim ? dimColour[channel]! : colours[4 * row + channel]!;
            const colour = own + (edgeColour[channel]! - own) * edge;
            picture[pixel + channel] = colour * alpha + picture[pixel + channel]! * (1 - alpha);
          }
          picture[pixel + 3] = 255 * alpha + picture[pixel + 3]! * (1 - alpha);
        }
    }
  return picture;
}

/** The picture's bytes without the margin. */
function pictureOf({ pixels, stride, first }: PointRaster, { width, height }: RasterView): Uint8Array {
  const bytes = new Uint8Array(4 * width * height);
  for (let line = 0; line < height; line++)
    bytes.set(
      new Uint8Array(pixels.buffer, pixels.byteOffset + 4 * (first + line * stride), 4 * width),
      4 * line * width,
    );
  return bytes;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array<ArrayBuffer>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function largestDifference(drawn: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(drawn.length).toBe(wanted.length);
  let largest = 0;
  for (let i = 0; i < wanted.length; i++) largest = Math.max(largest, Math.abs(drawn[i]! - wanted[i]!));
  return largest;
}

const rowCount = 12;
/** Grid of places that the raster tells apart: their middles, in pixels of the picture. */
const ownGrid = (cell: number) => (cell + 0.5) / 8;
const ratios = [1, 1.25, 2];
const width = 23;
const height = 17;

interface Scene {
  readonly rows: DrawnRows;
  readonly view: RasterView;
}

const byte = fc.integer({ min: 0, max: 255 });
const rgb: fc.Arbitrary<Rgb> = fc.tuple(byte, byte, byte);
const zeroToOne = fc.double({ min: 0, max: 1, noNaN: true });

/** Scenes whose points lie in and around the picture. World units are pixels from the picture's middle, y down. */
function scenes(place: fc.Arbitrary<number>, radius: fc.Arbitrary<number>): fc.Arbitrary<Scene> {
  const anyPlace = fc.oneof({ weight: 9, arbitrary: place }, { weight: 1, arbitrary: fc.constant(absentX) });
  return fc
    .record({
      end: fc.array(anyPlace, { minLength: 2 * rowCount, maxLength: 2 * rowCount }),
      colours: fc.uint8Array({ minLength: 4 * rowCount, maxLength: 4 * rowCount }),
      isOpaque: fc.boolean(),
      dims: fc.option(
        fc.array(fc.constantFrom(0, grey, hidden), { minLength: rowCount, maxLength: rowCount }),
      ),
      dimColour: rgb,
      edgeColour: rgb,
      edgePx: fc.constantFrom(0, 0.4, 0.7, 1.5),
      radiusPx: radius,
      pointOpacity: zeroToOne,
      pixelRatio: fc.constantFrom(...ratios),
    })
    .map(({ end, colours, isOpaque, dims, pixelRatio, ...others }) => {
      const places = Float32Array.from(end);
      for (let row = 0; isOpaque && row < rowCount; row++) colours[4 * row + 3] = 255;
      return {
        rows: {
          ...others,
          start: places,
          end: places,
          progress: 1,
          colours,
          dims: dims === null ? null : Uint8Array.from(dims),
          sizes: null,
        },
        view: { width, height, centreX: 0, centreY: 0, scaleX: 1, scaleY: 1, pixelRatio },
      };
    });
}

/** Places on the raster's own grid of eighths; width and height are odd, so that the middle lies on half a pixel. */
const placeOnGrid = fc
  .integer({ min: -8 * width, max: 8 * width })
  .map((cell) => ownGrid(cell) + (width % 2) / 2);
const anywhere = fc.double({ min: -width, max: width, noNaN: true });

/** One row of an opaque colour at a place in pixels from the picture's middle. */
function oneRow(x: number, y: number, changes: Partial<DrawnRows> = {}): DrawnRows {
  const place = Float32Array.of(x, y);
  return {
    start: place,
    end: place,
    progress: 1,
    colours: Uint8Array.of(200, 100, 50, 255),
    dims: null,
    dimColour: [128, 128, 128],
    radiusPx: 2.7,
    sizes: null,
    pointOpacity: 1,
    edgePx: 0,
    edgeColour: [255, 255, 255],
    ...changes,
  };
}

const plainView: RasterView = { width, height, centreX: 0, centreY: 0, scaleX: 1, scaleY: 1, pixelRatio: 1 };

describe('PointRaster', () => {
  it('draws what the formulas say, to rounding, for places on its own grid: in, across and beyond every border', () => {
    const smallRadius = fc.double({ min: 0.3, max: 2, noNaN: true });
    const raster = openRaster();
    fc.assert(
      fc.property(scenes(placeOnGrid, smallRadius), ({ rows, view }) => {
        raster.draw(rows, view);
        const difference = largestDifference(pictureOf(raster, view), referencePicture(rows, view));
        // Half a step of 255 each time a row is laid upon others, and a 512th of its alpha.
        expect(difference).toBeLessThanOrEqual(1 + rowCount / 4);
      }),
      { seed: 61, numRuns: 300 },
    );
  });

  it('draws what the formulas say, to the rounding of places and radii, for any place, camera and size on the way between two layouts', () => {
    const scene = fc.tuple(
      scenes(anywhere, fc.double({ min: 0.3, max: 3, noNaN: true })),
      fc.array(anywhere, { minLength: 2 * rowCount, maxLength: 2 * rowCount }),
      fc.option(
        fc.array(fc.double({ min: 0.6, max: 2.4, noNaN: true }), {
          minLength: rowCount,
          maxLength: rowCount,
        }),
      ),
      zeroToOne,
      fc.record({
        centreX: fc.double({ min: -5, max: 5, noNaN: true }),
        centreY: fc.double({ min: -5, max: 5, noNaN: true }),
        scaleX: fc.double({ min: 0.5, max: 2, noNaN: true }),
        scaleY: fc.double({ min: 0.5, max: 2, noNaN: true }),
      }),
    );
    const means: number[] = [];
    const raster = openRaster();
    fc.assert(
      fc.property(scene, ([{ rows, view }, from, sizes, progress, camera]) => {
        const start = Float32Array.from(from);
        start[2 * (rowCount - 1)] = absentX;
        const moving: DrawnRows = {
          ...rows,
          start,
          progress,
          sizes: sizes === null ? null : Float32Array.from(sizes),
        };
        const seen = { ...view, ...camera };
        raster.draw(moving, seen);
        const drawn = pictureOf(raster, seen);
        const wanted = referencePicture(moving, seen);
        means.push(wanted.reduce((sum, value, i) => sum + Math.abs(value - drawn[i]!), 0) / wanted.length);
        // A place is off by up to an eighth of a pixel both ways, a radius by a quarter, and edges of several rows may coincide.
        expect(largestDifference(drawn, wanted)).toBeLessThanOrEqual(0.45 * 255);
      }),
      { seed: 62, numRuns: 150 },
    );
    expect(Math.max(...means)).toBeLessThan(8);
    expect(means.reduce((sum, mean) => sum + mean, 0) / means.length).toBeLessThan(1.5);
  });

  it('lays later rows over earlier ones, dimmed ones beneath all', () => {
    const places = new Float32Array(6);
    const rows = oneRow(0, 0, {
      start: places,
      end: places,
      colours: Uint8Array.of(10, 20, 30, 255, 40, 50, 60, 255, 70, 80, 90, 255),
    });
    const middle = (changes: Partial<DrawnRows>) => {
      const raster = openRaster();
      raster.draw({ ...rows, ...changes }, plainView);
      return [
        ...pictureOf(raster, plainView)
          .slice(4 * (8 * width + 11))
          .slice(0, 4),
      ];
    };
    expect(middle({})).toEqual([70, 80, 90, 255]);
    expect(middle({ dims: Uint8Array.of(0, 0, grey) })).toEqual([40, 50, 60, 255]);
    expect(middle({ dims: Uint8Array.of(grey, grey, grey) })).toEqual([128, 128, 128, 255]);
  });

  it('leaves out a row whose size is no number', () => {
    const places = Float32Array.of(0, 0, 5, 5);
    const colours = new Uint8Array(8).fill(255);
    const sizes = Float32Array.of(Number.NaN, 1.5);
    const raster = openRaster();
    raster.draw(oneRow(0, 0, { start: places, end: places, colours, sizes }), plainView);
    const both = pictureOf(raster, plainView);
    raster.draw(oneRow(5, 5, { colours: colours.slice(4), sizes: sizes.slice(1) }), plainView);
    expect(both).toEqual(pictureOf(raster, plainView));
    expect(both.some((value) => value > 0)).toBe(true);
  });

  it('does not drift where many rows lie upon each other', () => {
    const count = 5000;
    const places = new Float32Array(2 * count);
    const colours = Uint8Array.from({ length: 4 * count }, (_, i) => [130, 77, 201, 255][i % 4]!);
    const rows = oneRow(0, 0, { start: places, end: places, colours, pointOpacity: 0.37 });
    const raster = openRaster();
    raster.draw(rows, plainView);
    const picture = pictureOf(raster, plainView);
    const at = 4 * (8 * width + 11);
    // Rounding stops a mix when less than half a step is left, wherever it comes from.
    for (const [channel, wanted] of [130, 77, 201, 255].entries())
      expect(Math.abs(picture[at + channel]! - wanted)).toBeLessThanOrEqual(1);
  });

  it('keeps all of a point that crosses a border within its array, and leaves out what does not reach the picture', () => {
    const inked = (x: number, y: number) => {
      const raster = openRaster();
      raster.draw(oneRow(x, y, { radiusPx: 3.2, edgePx: 0.7 }), plainView);
      return raster.pixels.reduce((sum, pixel) => sum + (pixel >>> 24), 0);
    };
    const whole = inked(0, 0);
    const [right, top] = [Math.floor(width / 2) + 3, Math.floor(height / 2) + 3];
    for (const [x, y] of [
      [right, 0],
      [-right, 0],
      [0, top],
      [0, -top],
      [right, top],
      [-right, -top],
    ] as const)
      expect(inked(x, y), `${x} ${y}`).toBe(whole);
    for (const [x, y] of [
      [right + 10, 0],
      [0, -top - 10],
      [1e12, 0],
      [0, -1e30],
      [Number.POSITIVE_INFINITY, 0],
      [absentX, 0],
    ] as const)
      expect(inked(x, y), `${x} ${y}`).toBe(0);
  });

  it('draws the same with SIMD and in plain TypeScript, byte by byte, whatever it drew before', () => {
    const simd = openRaster();
    const anySize = fc.record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
      sizes: fc.option(
        fc.array(fc.double({ min: 0.6, max: 2.4, noNaN: true }), {
          minLength: rowCount,
          maxLength: rowCount,
        }),
      ),
    });
    fc.assert(
      fc.property(
        scenes(anywhere, fc.constantFrom(1.4, 2.7, 7, 20)),
        anySize,
        ({ rows, view }, { sizes, ...size }) => {
          const sized = { ...rows, sizes: sizes === null ? null : Float32Array.from(sizes) };
          const seen = { ...view, ...size };
          const plain = openPlainRaster();
          plain.draw(sized, seen);
          simd.draw(sized, seen);
          expect(Buffer.compare(bytesOf(simd.pixels), bytesOf(plain.pixels))).toBe(0);
        },
      ),
      { seed: 63, numRuns: 60 },
    );
  });

  it('falls back to plain TypeScript where the kernel is not accepted', () => {
    expect(openStampSpace(1, 1, wasm).kind).toBe('wasm-simd');
    expect(openStampSpace(1, 1, Uint8Array.of(0, 97, 115, 109, 9, 9, 9, 9)).kind).toBe('plain');
  });

  it('forgets stamps rather than keep too many, once what they are for is drawn', () => {
    const count = 30;
    const view = { ...plainView, width: 200, height: 200 };
    // A quarter of each circle is in the picture.
    const places = new Float32Array(2 * count).fill(-100);
    const sizes = Float32Array.from({ length: count }, (_, row) => 140 + 2 * row);
    const colours = Uint8Array.from({ length: 4 * count }, (_, i) => (i % 4 === 3 ? 255 : (83 * i) % 256));
    const rows = oneRow(0, 0, { start: places, end: places, colours, sizes, radiusPx: 1, pointOpacity: 0.1 });
    const raster = openRaster();
    raster.draw(rows, view);
    // Half a pixel of a tenth's cover, and rounding.
    expect(largestDifference(pictureOf(raster, view), referencePicture(rows, view))).toBeLessThanOrEqual(
      0.08 * 255,
    );
  });
});
