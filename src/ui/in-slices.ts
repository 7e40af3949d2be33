const sliceMs = 12;

/** Goes through pieces of work and lets the page draw whenever a slice of time is used up. */
export async function inSlices<Piece>(
  pieces: Iterable<Piece>,
  take: (piece: Piece) => void = () => {},
): Promise<void> {
  let end = performance.now() + sliceMs;
  for (const piece of pieces) {
    take(piece);
    if (performance.now() < end) continue;
    await new Promise((resolve) => setTimeout(resolve));
    end = performance.now() + sliceMs;
  }
}
