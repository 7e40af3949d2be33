// Panels: groups of `width` rows are stored side by side, k outermost, so that a multiplication reads both operands with one
// pointer each. The k axis is cut into blocks: [block of k][panel][k within the block][row within the panel].

/** Length of a block of k. A block is summed on its own and then added to the total; plain-product.ts does the same. */
export const BLOCK_DEPTH: i32 = 32;

/** First byte that the caller may use, 64-byte aligned. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}

/** Moves four row-major rows into lanes of a panel of `width` rows; `target` is where k = 0 of the first block would be. */
@inline
function packFourRows(source: usize, rowBytes: usize, target: usize, width: usize, depth: i32): void {
  let r0 = source;
  let r1 = r0 + rowBytes;
  let r2 = r1 + rowBytes;
  let r3 = r2 + rowBytes;
  const step = width << 2;
  let k: i32 = 0;
  for (; k + 4 <= depth; k += 4) {
    const x0 = v128.load(r0);
    const x1 = v128.load(r1);
    const x2 = v128.load(r2);
    const x3 = v128.load(r3);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(target + step, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(target + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(target + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    target += 4 * step;
  }
  for (; k < depth; k++) {
    store<f32>(target, load<f32>(r0));
    store<f32>(target, load<f32>(r1), 4);
    store<f32>(target, load<f32>(r2), 8);
    store<f32>(target, load<f32>(r3), 12);
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
    target += step;
  }
}

/** Packs one panel (`width` = 4 or 8 row-major rows) that begins at `firstRow` of a matrix padded to `paddedRows`. */
export function packPanel(source: usize, target: usize, width: i32, dims: i32, firstRow: i32, paddedRows: i32): void {
  const rowBytes = (<usize>dims) << 2;
  for (let k: i32 = 0; k < dims; k += BLOCK_DEPTH) {
    const depth = min(BLOCK_DEPTH, dims - k);
    const block = target + (((<usize>k) * paddedRows + (<usize>firstRow) * depth) << 2);
    for (let quad: i32 = 0; quad < width; quad += 4) {
      packFourRows(source + (<usize>quad) * rowBytes + ((<usize>k) << 2), rowBytes, block + ((<usize>quad) << 2), width, depth);
    }
  }
}
