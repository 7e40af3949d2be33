import type { ClosenessCurve, UmapKernels, UmapProblem, UmapSession } from '@/core/projection/umap-kernels';
import { edgesPerCall, edgesPerPart } from './edge-parts';
import { packLists } from './pack-lists';

/** Exports of assembly/umap.ts; addresses are bytes in `memory`. */
interface WasmExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  fitCurve(minDist: number, out: number): void;
  sumMeanDistances(ids: number, similarities: number, from: number, to: number, width: number): number;
  weighRows(
    ids: number,
    values: number,
    from: number,
    to: number,
    width: number,
    scratch: number,
    neighbours: number,
    meanDistance: number,
  ): void;
  uniteRows(
    ids: number,
    weights: number,
    united: number,
    degrees: number,
    from: number,
    to: number,
    width: number,
  ): void;
  listDegrees(degrees: number, starts: number, cursors: number, count: number): number;
  fillRows(
    ids: number,
    united: number,
    cursors: number,
    columns: number,
    weights: number,
    from: number,
    to: number,
    width: number,
  ): void;
  arrangeEdges(
    starts: number,
    columns: number,
    weights: number,
    count: number,
    epochs: number,
    scratch: number,
    heads: number,
    tails: number,
    rates: number,
  ): number;
  fillTables(a: number, b: number): void;
  moveEdges(
    places: number,
    count: number,
    heads: number,
    tails: number,
    rates: number,
    from: number,
    to: number,
    epoch: number,
    alpha: number,
    due: number,
    half: number,
    random: number,
  ): void;
}

const pageBytes = 65536;
const dueHalfBytes = (edgesPerCall + 16) * 4;
/** The cursors of arrangeEdges. */
const leastScratchBytes = 3 * 64 * 4;

/** Compiles umap.wasm; every session is an instance of its own, whose memory goes with it. Throws what WebAssembly throws. */
export async function compileWasmUmap(bytes: BufferSource): Promise<UmapKernels> {
  const module = await WebAssembly.compile(bytes);
  return {
    kind: 'wasm-simd',
    fitCurve: (minDist) => new Arena(module).fitCurve(minDist),
    open: (problem) => openSession(new Arena(module), problem),
  };
}

/** A fresh instance and the memory given out in it. Growing moves the memory, so views are made when needed. */
class Arena {
  readonly wasm: WasmExports;
  #end: number;

  constructor(module: WebAssembly.Module) {
    this.wasm = new WebAssembly.Instance(module, {}).exports as unknown as WasmExports;
    this.#end = this.wasm.arenaStart();
  }

  /** Zeroed bytes at an address that is a multiple of 64. */
  allocate(bytes: number): number {
    const address = this.#end;
    const end = Math.ceil((address + bytes) / 64) * 64;
    const missing = end - this.wasm.memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / pageBytes), end);
    this.#end = end;
    return address;
  }

  #grow(pages: number, end: number): void {
    try {
      this.wasm.memory.grow(pages);
    } catch {
      throw new RangeError(
        `This layout needs ${Math.ceil(end / 2 ** 20)} MB of memory, which are not to be had.`,
      );
    }
  }

  integers(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.wasm.memory.buffer as ArrayBuffer, address, length);
  }

  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.wasm.memory.buffer as ArrayBuffer, address, length);
  }

  fitCurve(minDist: number): ClosenessCurve {
    const out = this.allocate(16);
    this.wasm.fitCurve(minDist, out);
    const [a, b] = new Float64Array(this.wasm.memory.buffer, out, 2);
    return { a: a!, b: b! };
  }
}

function openSession(arena: Arena, problem: UmapProblem): UmapSession {
  const { wasm } = arena;
  const { count, neighbours, epochs } = problem;
  const width = neighbours - 1;
  const entries = count * width;

  const { a, b } = arena.fitCurve(problem.minDist);
  wasm.fillTables(a, b);
  const scratch = arena.allocate(Math.max(leastScratchBytes, (width + 1) * 8));
  const random = arena.allocate(16);
  const due = arena.allocate(2 * dueHalfBytes);
  // One place more than there are rows pads the last edges of a call.
  const places = arena.allocate((count + 1) * 8);
  const degrees = arena.allocate(count * 4);
  const cursors = arena.allocate(count * 4);
  const starts = arena.allocate((count + 1) * 4);
  const ids = arena.allocate(entries * 4);
  const weights = arena.allocate(entries * 4);
  const united = arena.allocate(entries * 4);
  new Uint32Array(wasm.memory.buffer, random, 4).set(problem.random);
  arena.floats(places, count * 2).set(problem.places);
  packLists(problem, arena.integers(ids, entries), arena.floats(weights, entries));
  const meanDistance = wasm.sumMeanDistances(ids, weights, 0, count, width) / count;

  let graph = { entries: 0, columns: 0, weights: 0 };
  let edges = { padded: 0, heads: 0, tails: 0, rates: 0 };
  return {
    weighRows: (from, to) => wasm.weighRows(ids, weights, from, to, width, scratch, neighbours, meanDistance),
    uniteRows: (from, to) => wasm.uniteRows(ids, weights, united, degrees, from, to, width),
    arrangeEdges: () => {
      const found = wasm.listDegrees(degrees, starts, cursors, count);
      graph = { entries: found, columns: arena.allocate(found * 4), weights: arena.allocate(found * 4) };
      wasm.fillRows(ids, united, cursors, graph.columns, graph.weights, 0, count, width);
      const room = (found + 4) * 4;
      edges = {
        padded: 0,
        heads: arena.allocate(room),
        tails: arena.allocate(room),
        rates: arena.allocate(room),
      };
      const kept = wasm.arrangeEdges(
        starts,
        graph.columns,
        graph.weights,
        count,
        epochs,
        scratch,
        edges.heads,
        edges.tails,
        edges.rates,
      );
      edges.padded = Math.ceil(kept / 4) * 4;
      return Math.ceil(kept / edgesPerPart);
    },
    readGraph: () => ({
      starts: arena.integers(starts, count + 1).slice(),
      columns: arena.integers(graph.columns, graph.entries).slice(),
      weights: arena.floats(graph.weights, graph.entries).slice(),
    }),
    moveEpoch: (epoch, part) => {
      const alpha = 1 - (epoch - 1) / epochs;
      const { heads, tails, rates, padded } = edges;
      const end = Math.min(padded, (part + 1) * edgesPerPart);
      for (let from = part * edgesPerPart; from < end; from += edgesPerCall) {
        const to = Math.min(end, from + edgesPerCall);
        wasm.moveEdges(places, count, heads, tails, rates, from, to, epoch, alpha, due, dueHalfBytes, random);
      }
    },
    copyPlaces: () => arena.floats(places, count * 2).slice(),
  };
}
