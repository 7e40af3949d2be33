/** First byte that the caller may use, 64-byte aligned. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}

/** Blends stamps into a picture; see gl/point-stamps.ts, whose layouts these are. Addresses are bytes in the memory. */
export function stampPoints(points: usize, count: i32, pixels: usize): void {
  const end = points + ((<usize>count) << 4);
  for (; points < end; points += 16) {
    const middle = pixels + load<u32>(points);
    let cell: usize = load<u32>(points, 4);
    const cellEnd: usize = load<u32>(points, 8);
    const colour = i16x8.extend_low_i8x16_u(i32x4.splat(load<i32>(points, 12)));
    for (; cell < cellEnd; cell += 32) {
      const weights = v128.load(cell);
      const own = v128.shuffle<u8>(weights, weights, 4, 5, 4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7, 6, 7);
      const kept = v128.shuffle<u8>(weights, weights, 8, 9, 8, 9, 8, 9, 8, 9, 10, 11, 10, 11, 10, 11, 10, 11);
      const pair = middle + load<i32>(cell);
      const before = v128.load_ext<u8>(pair);
      const mixed = i16x8.add(
        i16x8.add(i16x8.mul(colour, own), i16x8.mul(before, kept)),
        v128.load(cell, 16),
      );
      const after = i16x8.shr_u(mixed, 8);
      v128.store_lane<u64>(pair, i8x16.narrow_i16x8_u(after, after), 0);
    }
  }
}
