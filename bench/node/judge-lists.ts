/** Rows whose lists are held against all products in float64. */
const rowsChecked = 100;
/** Two neighbours whose cosines differ by less may come in either order. */
const equalCosines = 1e-6;

/** Of rows spread over all: the share of entries whose cosine is at least that of the last true neighbour. */
export function shareFound(rows: Float32Array, n: number, d: number, ids: Int32Array): number {
  const length = ids.length / n;
  const step = Math.max(1, Math.floor(n / rowsChecked));
  let found = 0;
  let asked = 0;
  for (let row = 0; row < n; row += step) {
    const cosines = Float64Array.from({ length: n }, (_, other) => {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += rows[row * d + i]! * rows[other * d + i]!;
      return other === row ? Number.NEGATIVE_INFINITY : sum;
    });
    const last = cosines.toSorted()[n - length]!;
    for (const id of new Set(ids.subarray(row * length, (row + 1) * length)))
      if (cosines[id]! >= last - equalCosines) found++;
    asked += length;
  }
  return found / asked;
}

/** The k nearest on a map, nearest first; ties by index. */
export function nearestOnMap(layout: Float32Array, row: number, k: number): number[] {
  const [x, y] = [layout[2 * row]!, layout[2 * row + 1]!];
  const n = layout.length / 2;
  const found: { other: number; apart: number }[] = [];
  for (let other = 0; other < n; other++) {
    if (other === row) continue;
    const apart = (layout[2 * other]! - x) ** 2 + (layout[2 * other + 1]! - y) ** 2;
    if (found.length === k && apart >= found[k - 1]!.apart) continue;
    let at = Math.min(found.length, k - 1);
    for (; at > 0 && apart < found[at - 1]!.apart; at--) found[at] = found[at - 1]!;
    found[at] = { other, apart };
  }
  return found.map(({ other }) => other);
}

/** The label that most of the rows have; of several the one that comes first. */
export function commonest(rows: readonly number[], labels: Int32Array): number {
  const votes = new Map<number, number>();
  for (const row of rows) votes.set(labels[row]!, (votes.get(labels[row]!) ?? 0) + 1);
  let [winner, most] = [-1, 0];
  for (const [label, count] of votes) if (count > most) [winner, most] = [label, count];
  return winner;
}
