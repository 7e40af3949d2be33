/**
 * Numbers of a cell, which is what a stamp does to two pixels side by side:
 * 0 bytes from the point's own pixel to the first of both;
 * 1 how many 256ths of either the point's colour takes, the first in the lower 16 bits;
 * 2 how many of what is there are kept, likewise; 3 is free;
 * 4 to 7 what is added besides, 16 bits a channel, red of the first lowest: 256ths of 255, with the half that rounds.
 */
export const cellWords = 8;

/** Numbers of a point: bytes from the picture's first pixel to its own; where its cells begin and end, in bytes; its colour, RGBA with alpha 255. */
export const pointWords = 4;

/** Working space of a picture and what is stamped on it. Arrays are the space's own; all but `pixels` stay. */
export interface StampSpace {
  readonly kind: 'wasm-simd' | 'plain';
  /** Room for cells; they stay as they are until they are written again, and move only with `clear`. */
  readonly cells: Int32Array;
  /** What is added to a byte of `cells` where a point names its cells. */
  readonly cellsAt: number;
  readonly points: Int32Array;
  /** RGBA bytes, multiplied by alpha. */
  readonly pixels: Uint32Array<ArrayBuffer>;
  /** Makes a picture of so many clear pixels. Throws RangeError where there is no memory for it. All arrays are new ones. */
  clear(pixelCount: number): void;
  /**
   * Lays the first so many points upon the picture, in their order: each channel of each pixel becomes
   * (colour × own + before × kept + added) / 256, cut off. A cell's second pixel may be the one after the picture's last.
   */
  stamp(pointCount: number): void;
}
