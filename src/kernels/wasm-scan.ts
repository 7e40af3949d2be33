import {
  type BandGrid,
  bandGrid,
  bandsOfTile,
  listRoom,
  type OpenCandidateScan,
  sketchedTile,
  sketchedTileCount,
  usualHeldBytes,
} from '@/core/similarity/candidate-scan';
import { boundError } from '@/core/similarity/rounding';
import type { RowSketches } from '@/core/similarity/row-sketch';
import type { SpareInstances } from './spare-instances';
import { growMemory, roundUp } from './wasm-memory';

/** Exports of assembly/candidate-scan.ts, sketched-scan.ts and candidate-lists.ts; addresses are bytes in `memory`. */
export interface ScanExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  setLists(
    scores: number,
    positions: number,
    biases: number,
    filled: number,
    thresholds: number,
    keep: number,
    room: number,
    count: number,
  ): void;
  sortLists(scratch: number, empty: number): void;
  tightenLists(empty: number): void;
  packQuantisedPanel(source: number, target: number, mean: number, dims: number, scale: number): number;
  scanBands(
    a: number,
    aPanels: number,
    i: number,
    b: number,
    bPanels: number,
    j: number,
    dims: number,
    out: number,
  ): void;
  quantiseRow(source: number, target: number, mean: number, dims: number, scale: number): number;
  scanSketchedBands(
    a: number,
    aPanels: number,
    i: number,
    b: number,
    bPanels: number,
    j: number,
    rowBytes: number,
    stride: number,
    sketches: number,
    sketchDims: number,
    sketchPairs: number,
    sketchBiases: number,
    isAgain: boolean,
    count: number,
    out: number,
  ): void;
}

const panelRows = 16;
/** A product of two panels, and of a row with four. */
const panelProductBytes = panelRows * panelRows * 4 + 16;
const lowest = -(2 ** 31);
const highest = 2 ** 31 - 1;

/** Where a scan keeps what, in bytes from the start of its memory; also how large that memory becomes. */
interface ScanLayout {
  readonly staging: number;
  readonly product: number;
  readonly mean: number;
  readonly biases: number;
  readonly thresholds: number;
  readonly filled: number;
  /** Entries that a list has room for. */
  readonly room: number;
  readonly scores: number;
  readonly positions: number;
  readonly sketches: number;
  readonly sketchBiases: number;
  readonly slots: number;
  readonly slotBytes: number;
  readonly slotCount: number;
  readonly end: number;
}

function layOutScan(request: {
  start: number;
  count: number;
  dims: number;
  keep: number;
  grid: BandGrid;
  sketchDims: number;
  rowBytes: number;
  heldBytes: number;
}): ScanLayout {
  const { start, count, dims, keep, sketchDims, rowBytes, heldBytes } = request;
  const { bandRows, bandCount } = request.grid;
  const padded = roundUp(count, panelRows);
  const room = listRoom(keep);
  const slotBytes = Math.min(bandRows, padded) * rowBytes;
  const slotCount = Math.min(bandCount, Math.max(2, Math.floor(heldBytes / Math.max(1, slotBytes))));
  let at = roundUp(start, 64);
  const take = (bytes: number) => {
    const address = at;
    at = roundUp(at + bytes, 64);
    return address;
  };
  return {
    room,
    staging: take(Math.max(panelRows * dims * 4, 2 * room * 4)),
    product: take(panelProductBytes),
    mean: take(dims * 4),
    biases: take(padded * 4),
    thresholds: take(padded * 4),
    filled: take(padded * 4),
    scores: take(count * room * 4),
    positions: take(count * room * 4),
    sketches: take(padded * sketchDims * 2),
    sketchBiases: take(sketchDims > 0 ? padded * 4 : 0),
    slots: take(slotCount * slotBytes),
    slotBytes,
    slotCount,
    end: at,
  };
}

/** The candidate scan in SIMD. Each scan has an instance, and so a memory, of its own until it is finished. */
export function wasmScan(instances: SpareInstances<ScanExports>): OpenCandidateScan {
  return ({ rows, members, rounding, keep, bandRows, heldBytes = usualHeldBytes, sketches, bars }) => {
    const wasm = instances.take();
    const count = members.length;
    const isSketched = sketches !== undefined && sketches !== null;
    const dims = roundUp(rows.dims, isSketched ? 16 : 4);
    // Rows a power of two apart would compete for the same cache lines.
    const rowBytes = dims * 2 + (isSketched ? 64 : 0);
    const sketchDims = sketches?.dims ?? 0;
    const grid = bandGrid(keep > 0 ? count : 0, dims, bandRows);
    const layout = layOutScan({
      start: wasm.arenaStart(),
      count,
      dims,
      keep,
      grid,
      sketchDims,
      rowBytes,
      heldBytes,
    });
    growMemory(wasm.memory, layout.end);
    const floats = new Float32Array(wasm.memory.buffer);
    const integers = new Int32Array(wasm.memory.buffer);
    const fill = (value: number, address: number, length: number) =>
      integers.fill(value, address / 4, address / 4 + length);
    const padded = roundUp(count, panelRows);
    floats.set(rounding.mean, layout.mean / 4);
    fill(0, layout.mean + rows.dims * 4, dims - rows.dims);
    integers.set(rounding.biases, layout.biases / 4);
    fill(0, layout.biases + count * 4, padded - count);
    fill(0, layout.filled, padded);
    fill(lowest, layout.thresholds, count);
    // Padding never takes a candidate.
    fill(highest, layout.thresholds + count * 4, padded - count);
    wasm.setLists(
      layout.scores,
      layout.positions,
      layout.biases,
      layout.filled,
      layout.thresholds,
      keep,
      layout.room,
      count,
    );
    if (isSketched) {
      packSketches(new Int16Array(wasm.memory.buffer, layout.sketches, padded * sketchDims), sketches);
      for (let position = 0; position < count; position++)
        integers[layout.sketchBiases / 4 + position] = rounding.biases[position]! + sketches.slack / 2;
    }

    let worst = 0;
    let isTight = false;
    const bandInSlot = new Int32Array(layout.slotCount).fill(-1);

    const stageRow = (position: number, at: number) => {
      const source = members[position]! * rows.dims;
      floats.set(rows.values.subarray(source, source + rows.dims), at);
      floats.fill(0, at + rows.dims, at + dims);
    };
    const packPanel = (start: number, target: number) => {
      const staged = layout.staging / 4;
      for (let row = 0; row < panelRows; row++) {
        const at = staged + row * dims;
        if (start + row < count) stageRow(start + row, at);
        // Rounds to nothing, without an error.
        else floats.copyWithin(at, layout.mean / 4, layout.mean / 4 + dims);
      }
      return wasm.packQuantisedPanel(layout.staging, target, layout.mean, dims, rounding.scale);
    };
    const packRow = (position: number, target: number) => {
      stageRow(position, layout.staging / 4);
      return wasm.quantiseRow(layout.staging, target, layout.mean, dims, rounding.scale);
    };
    const [packed, pack] = isSketched ? ([1, packRow] as const) : ([panelRows, packPanel] as const);

    /** Packs a band unless it is there. The last two slots take turns for the bands that have no slot of their own. */
    const place = (band: number, isSecond: boolean) => {
      const own = layout.slotCount === grid.bandCount ? layout.slotCount : layout.slotCount - 2;
      const slot = band < own ? band : own + (isSecond ? 1 : 0);
      const address = layout.slots + slot * layout.slotBytes;
      if (bandInSlot[slot] !== band) {
        const first = band * grid.bandRows;
        const end = Math.min(count, first + grid.bandRows);
        for (let start = first; start < end; start += packed)
          worst = Math.max(worst, pack(start, address + (start - first) * rowBytes));
        bandInSlot[slot] = band;
      }
      return address;
    };
    const panelsOf = (band: number) =>
      Math.ceil(Math.min(grid.bandRows, count - band * grid.bandRows) / panelRows);

    /** Raises the thresholds of two bands to the shared ones, or these to the thresholds. */
    const raiseBars = (first: number, second: number, isShared: boolean) => {
      if (!bars) return;
      const own = integers.subarray(layout.thresholds / 4, layout.thresholds / 4 + count);
      const [from, to] = isShared ? [own, bars] : [bars, own];
      for (const band of [first, second]) {
        const end = Math.min(count, (band + 1) * grid.bandRows);
        for (let at = band * grid.bandRows; at < end; at++) if (from[at]! > to[at]!) to[at] = from[at]!;
      }
    };
    const scanSketched = (tile: number) => {
      const { first, second, pairs } = sketchedTile(grid, tile);
      if (pairs === 'rest' && !isTight) {
        wasm.tightenLists(lowest);
        isTight = true;
      }
      const a = place(first, false);
      const b = first === second ? a : place(second, true);
      const isGuess = pairs === 'likely';
      raiseBars(first, second, false);
      wasm.scanSketchedBands(
        a,
        panelsOf(first),
        first * grid.bandRows,
        b,
        panelsOf(second),
        second * grid.bandRows,
        dims * 2,
        rowBytes,
        layout.sketches,
        sketchDims,
        isGuess ? sketchDims / 2 - 1 : sketchDims / 2,
        isGuess ? layout.biases : layout.sketchBiases,
        pairs === 'rest',
        count,
        layout.product,
      );
      raiseBars(first, second, true);
    };
    const scanAll = (tile: number) => {
      const { first, second } = bandsOfTile(grid, tile);
      const a = place(first, false);
      const b = first === second ? a : place(second, true);
      wasm.scanBands(
        a,
        panelsOf(first),
        first * grid.bandRows,
        b,
        panelsOf(second),
        second * grid.bandRows,
        dims,
        layout.product,
      );
    };

    return {
      tileCount: isSketched ? sketchedTileCount(grid) : grid.tileCount,
      scan: isSketched ? scanSketched : scanAll,
      finish: () => {
        wasm.sortLists(layout.staging, lowest);
        const lists = {
          keep,
          positions: integers.slice(layout.positions / 4, layout.positions / 4 + count * keep),
          scores: integers.slice(layout.scores / 4, layout.scores / 4 + count * keep),
          unit: rounding.unit,
          offset: rounding.offset,
          error: boundError(worst, rounding),
        };
        instances.put(wasm);
        return lists;
      },
    };
  };
}

/** Puts sketches into panels of 16, two numbers of a row side by side; padding is zeros. */
function packSketches(target: Int16Array, { dims, values }: RowSketches): void {
  target.fill(0, Math.max(0, target.length - panelRows * dims));
  for (let position = 0; position * dims < values.length; position++) {
    const panel = position - (position % panelRows);
    for (let k = 0; k < dims; k += 2) {
      const to = panel * dims + k * panelRows + 2 * (position - panel);
      target[to] = values[position * dims + k]!;
      target[to + 1] = values[position * dims + k + 1]!;
    }
  }
}
