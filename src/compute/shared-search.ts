import { type SharedSketches, sketchDims } from '@/core/similarity/row-sketch';

/** What workers that search the same members together share; it all lies in one buffer. */
export interface SharedSearch {
  /** One number: how many parts of the work are taken. */
  readonly taken: Uint32Array;
  /** One number a member (`bars` of the scan), and sketches that are made together. Of no members where pairs are not bounded. */
  readonly bars: Int32Array;
  readonly sketches: SharedSketches;
}

const headWords = 4;

/** Memory for a search of so many members that bounds pairs, nothing taken yet. */
export function allocateSharedSearch(memberCount: number): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(4 * (headWords + memberCount) + 2 * memberCount * sketchDims);
  viewSharedSearch(buffer).bars.fill(-(2 ** 31));
  return buffer;
}

export function viewSharedSearch(buffer: SharedArrayBuffer): SharedSearch {
  const memberCount = (buffer.byteLength - 4 * headWords) / (4 + 2 * sketchDims);
  return {
    taken: new Uint32Array(buffer, 0, 1),
    bars: new Int32Array(buffer, 4 * headWords, memberCount),
    sketches: {
      counters: new Int32Array(buffer, 4, 3),
      values: new Int16Array(buffer, 4 * (headWords + memberCount), memberCount * sketchDims),
    },
  };
}
