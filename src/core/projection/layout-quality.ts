// Measures of a map for tests, in float64 and the plainest way: n² memory, hundreds of rows.

/** For each row, all others from near to far; ties by index. */
function rankOthers(count: number, distance: (i: number, j: number) => number): number[][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_unused, other) => other)
      .filter((other) => other !== row)
      .map((other) => ({ other, apart: distance(row, other) }))
      .sort((a, b) => a.apart - b.apart || a.other - b.other)
      .map(({ other }) => other),
  );
}

export interface LayoutQuality {
  /** Trustworthiness at k (Venna & Kaski 2001). */
  readonly trust: number;
  /** Share of the k nearest rows of the space that are among the k nearest of the map. */
  readonly kept: number;
  /** Share of rows whose label is that of most of their k nearest on the map; ties to the nearest. */
  readonly labels: number;
}

/** How well a map (n × 2) shows rows: their `distance` in the space, their labels, the k nearest. */
export function measureLayout(request: {
  readonly layout: Float32Array;
  readonly distance: (i: number, j: number) => number;
  readonly labels: readonly number[];
  readonly k: number;
}): LayoutQuality {
  const { layout, distance, labels, k } = request;
  const count = labels.length;
  const space = rankOthers(count, distance);
  const map = rankOthers(count, (i, j) =>
    Math.hypot(layout[i * 2]! - layout[j * 2]!, layout[i * 2 + 1]! - layout[j * 2 + 1]!),
  );
  let penalty = 0;
  let kept = 0;
  let right = 0;
  for (let row = 0; row < count; row++) {
    const rank = new Map(space[row]!.map((other, at) => [other, at + 1]));
    const votes = new Map<number, number>();
    for (const other of map[row]!.slice(0, k)) {
      if (rank.get(other)! <= k) kept += 1;
      else penalty += rank.get(other)! - k;
      votes.set(labels[other]!, (votes.get(labels[other]!) ?? 0) + 1);
    }
    const [winner] = [...votes].sort((a, b) => b[1] - a[1])[0]!;
    if (winner === labels[row]) right += 1;
  }
  return {
    trust: 1 - (2 * penalty) / (count * k * (2 * count - 3 * k - 1)),
    kept: kept / (count * k),
    labels: right / count,
  };
}
