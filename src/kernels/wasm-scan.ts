import {
  type BandGrid,
  bandGrid,
  bandsOfTile,
  listRoom,
  type OpenCandidateScan,
  usualHeldBytes,
} from '@/core/similarity/candidate-scan';
import { boundError } from '@/core/similarity/rounding';
import { growMemory, roundUp } from './wasm-memory';

/** Exports of assembly/candidate-scan.ts and candidate-lists.ts; addresses are bytes in `memory`. */
interface ScanExports {
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
}

const panelRows = 16;
const panelProductBytes = panelRows * panelRows * 4;
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
  heldBytes: number;
}): ScanLayout {
  const { start, count, dims, keep, heldBytes } = request;
  const { bandRows, bandCount } = request.grid;
  const padded = roundUp(count, panelRows);
  const room = listRoom(keep);
  const slotBytes = Math.min(bandRows, padded) * dims * 2;
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
    slots: take(slotCount * slotBytes),
    slotBytes,
    slotCount,
    end: at,
  };
}

/** The candidate scan in SIMD. Each scan has an instance, and so a memory, of its own, which goes when the scan does. */
export function wasmScan(module: WebAssembly.Module): OpenCandidateScan {
  return ({ rows, members, rounding, keep, bandRows, heldBytes = usualHeldBytes }) => {
    const wasm = new WebAssembly.Instance(module, {}).exports as unknown as ScanExports;
    const count = members.length;
    const dims = roundUp(rows.dims, 4);
    const grid = bandGrid(keep > 0 ? count : 0, dims, bandRows);
    const layout = layOutScan({ start: wasm.arenaStart(), count, dims, keep, grid, heldBytes });
    growMemory(wasm.memory, layout.end);
    const floats = new Float32Array(wasm.memory.buffer);
    const integers = new Int32Array(wasm.memory.buffer);
    const fill = (value: number, address: number, length: number) =>
      integers.fill(value, address / 4, address / 4 + length);
    const padded = roundUp(count, panelRows);
    floats.set(rounding.mean, layout.mean / 4);
    integers.set(rounding.biases, layout.biases / 4);
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

    let worst = 0;
    const bandInSlot = new Int32Array(layout.slotCount).fill(-1);

    const stagePanel = (start: number) => {
      const staged = layout.staging / 4;
      for (let row = 0; row < panelRows; row++) {
        const at = staged + row * dims;
        if (start + row >= count) {
          // Rounds to nothing, without an error.
          floats.copyWithin(at, layout.mean / 4, layout.mean / 4 + dims);
          continue;
        }
        const source = members[start + row]! * rows.dims;
        floats.set(rows.values.subarray(source, source + rows.dims), at);
        floats.fill(0, at + rows.dims, at + dims);
      }
    };

    /** Packs a band unless it is there. The last two slots take turns for the bands that have no slot of their own. */
    const place = (band: number, isSecond: boolean) => {
      const own = layout.slotCount === grid.bandCount ? layout.slotCount : layout.slotCount - 2;
      const slot = band < own ? band : own + (isSecond ? 1 : 0);
      const address = layout.slots + slot * layout.slotBytes;
      if (bandInSlot[slot] !== band) {
        const end = Math.min(count, (band + 1) * grid.bandRows);
        for (let start = band * grid.bandRows; start < end; start += panelRows) {
          stagePanel(start);
          const target = address + (start - band * grid.bandRows) * dims * 2;
          worst = Math.max(
            worst,
            wasm.packQuantisedPanel(layout.staging, target, layout.mean, dims, rounding.scale),
          );
        }
        bandInSlot[slot] = band;
      }
      return address;
    };
    const panelsOf = (band: number) =>
      Math.ceil(Math.min(grid.bandRows, count - band * grid.bandRows) / panelRows);

    return {
      tileCount: grid.tileCount,
      scan: (tile) => {
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
      },
      finish: () => {
        wasm.sortLists(layout.staging, lowest);
        return {
          keep,
          positions: integers.slice(layout.positions / 4, layout.positions / 4 + count * keep),
          scores: integers.slice(layout.scores / 4, layout.scores / 4 + count * keep),
          unit: rounding.unit,
          offset: rounding.offset,
          error: boundError(worst, rounding),
        };
      },
    };
  };
}
