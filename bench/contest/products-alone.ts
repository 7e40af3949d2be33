import { bandGrid, bandsOfTile } from '@/core/similarity/candidate-scan';

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  arenaStart(): number;
  multiplyQuantisedPanels(
    a: number,
    b: number,
    out: number,
    bytes: number,
    aBiases: number,
    bBiases: number,
    first: boolean,
  ): void;
}

const panelRows = 16;
const blockBytes = 8192;
const pageBytes = 65536;

/**
 * The products that a neighbour search is made of and nothing else: the same panels, in the same order, by the same kernel, with
 * nobody to look at them. The limit of how fast such a search can be.
 */
export function openProductsAlone(module: WebAssembly.Module, n: number, d: number): () => void {
  const dims = Math.ceil(d / 4) * 4;
  const wasm = new WebAssembly.Instance(module, {}).exports as unknown as KernelExports;
  const grid = bandGrid(n, dims);
  const panelsOfBand = grid.bandRows / panelRows;
  const panels = Math.ceil(n / panelRows);
  const panelBytes = dims * panelRows * 2;
  const out = wasm.arenaStart();
  const biases = out + panelRows * panelRows * 4;
  const rows = biases + panelRows * 4;
  wasm.memory.grow(Math.ceil((rows + panels * panelBytes) / pageBytes));
  const numbers = new Int16Array(wasm.memory.buffer, rows, (panels * panelBytes) / 2);
  for (let i = 0; i < numbers.length; i++) numbers[i] = (i * 7919) % 2048;
  return () => {
    for (let tile = 0; tile < grid.tileCount; tile++) {
      const { first, second } = bandsOfTile(grid, tile);
      const rightEnd = Math.min(panels, (second + 1) * panelsOfBand);
      for (let right = second * panelsOfBand; right < rightEnd; right++) {
        const leftEnd = first === second ? right + 1 : Math.min(panels, (first + 1) * panelsOfBand);
        for (let left = first * panelsOfBand; left < leftEnd; left++) {
          const [a, b] = [rows + left * panelBytes, rows + right * panelBytes];
          for (let at = 0; at < panelBytes; at += blockBytes) {
            const bytes = Math.min(blockBytes, panelBytes - at);
            wasm.multiplyQuantisedPanels(a + at, b + at, out, bytes, biases, biases, at === 0);
          }
        }
      }
    }
  };
}
