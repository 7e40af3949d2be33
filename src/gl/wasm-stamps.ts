import { cellWords, pointWords, type StampSpace } from './point-stamps';

const pageBytes = 65536;

/** Exports of assembly/points.ts; addresses are bytes in `memory`. */
interface StampExports {
  readonly memory: WebAssembly.Memory & { readonly buffer: ArrayBuffer };
  arenaStart(): number;
  stampPoints(points: number, count: number, pixels: number): void;
}

/** The SIMD kernel in a memory of its own; null where the engine or the page's policy does not accept it. */
export function openWasmStamps(
  cellCount: number,
  pointCount: number,
  bytes: BufferSource,
): StampSpace | null {
  try {
    // A few hundred bytes are compiled at once.
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    return new WasmStampSpace(instance.exports as unknown as StampExports, cellCount, pointCount);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return null;
    throw error;
  }
}

function roundUp(address: number): number {
  return Math.ceil(address / 64) * 64;
}

class WasmStampSpace implements StampSpace {
  readonly kind = 'wasm-simd';
  cells = new Int32Array(0);
  points = new Int32Array(0);
  pixels = new Uint32Array(0);
  readonly cellsAt: number;
  private readonly pointsAt: number;
  private readonly pixelsAt: number;

  constructor(
    private readonly wasm: StampExports,
    private readonly cellCount: number,
    private readonly pointCount: number,
  ) {
    this.pointsAt = wasm.arenaStart();
    this.cellsAt = roundUp(this.pointsAt + pointCount * pointWords * 4);
    this.pixelsAt = this.cellsAt + cellCount * cellWords * 4;
    this.clear(0);
  }

  clear(pixelCount: number): void {
    const { memory } = this.wasm;
    // A cell's second pixel may be one too many.
    const missing = this.pixelsAt + 4 * (pixelCount + 1) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
    const { buffer } = memory;
    this.cells = new Int32Array(buffer, this.cellsAt, this.cellCount * cellWords);
    this.points = new Int32Array(buffer, this.pointsAt, this.pointCount * pointWords);
    this.pixels = new Uint32Array(buffer, this.pixelsAt, pixelCount);
    this.pixels.fill(0);
  }

  stamp(pointCount: number): void {
    this.wasm.stampPoints(this.pointsAt, pointCount, this.pixelsAt);
  }
}
