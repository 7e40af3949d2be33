import { cellWords, pointWords, type StampSpace } from './point-stamps';

/** Stamps in plain TypeScript: the specification, and for engines without WASM SIMD. */
export class PlainStampSpace implements StampSpace {
  readonly kind = 'plain';
  readonly cells: Int32Array;
  readonly cellsAt = 0;
  readonly points: Int32Array;
  pixels = new Uint32Array(0);

  constructor(cellCount: number, pointCount: number) {
    this.cells = new Int32Array(cellCount * cellWords);
    this.points = new Int32Array(pointCount * pointWords);
  }

  clear(pixelCount: number): void {
    if (this.pixels.length === pixelCount) this.pixels.fill(0);
    else this.pixels = new Uint32Array(pixelCount);
  }

  stamp(pointCount: number): void {
    const { cells, points, pixels } = this;
    for (let point = 0; point < pointCount * pointWords; point += pointWords) {
      const middle = points[point]!;
      const colour = points[point + 3]!;
      const redBlue = colour & 0xff00ff;
      const greenAlpha = (colour >>> 8) & 0xff00ff;
      for (let cell = points[point + 1]! / 4; cell < points[point + 2]! / 4; cell += cellWords) {
        for (let second = 0; second < 2; second++) {
          const at = (middle + cells[cell]!) / 4 + second;
          const own = (cells[cell + 1]! >>> (16 * second)) & 0xffff;
          const kept = (cells[cell + 2]! >>> (16 * second)) & 0xffff;
          const redGreenAdded = cells[cell + 4 + 2 * second]!;
          const blueAlphaAdded = cells[cell + 5 + 2 * second]!;
          const before = pixels[at]!;
          // Two channels at a time, 16 bits apart: neither can run into the other.
          const mixedRedBlue =
            Math.imul(redBlue, own) +
            Math.imul(before & 0xff00ff, kept) +
            ((redGreenAdded & 0xffff) | (blueAlphaAdded << 16));
          const mixedGreenAlpha =
            Math.imul(greenAlpha, own) +
            Math.imul((before >>> 8) & 0xff00ff, kept) +
            ((redGreenAdded >>> 16) | (blueAlphaAdded & 0xffff0000));
          pixels[at] = ((mixedRedBlue >>> 8) & 0xff00ff) | (mixedGreenAlpha & 0xff00ff00);
        }
      }
    }
  }
}
