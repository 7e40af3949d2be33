// UMAP's arithmetic once more, for tests: in float64 with the engine's own Math, in the plainest way, sharing no code with
// the kernels.

/** Neighbour lists as the kernels take them. */
export interface ReferenceLists {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly count: number;
  readonly k: number;
  readonly neighbours: number;
}

/** Distances of the first n_neighbors − 1 entries of each list that are there, by id. */
function distancesOf({ ids, similarities, count, k, neighbours }: ReferenceLists): Map<number, number>[] {
  return Array.from({ length: count }, (_, row) => {
    const found = new Map<number, number>();
    for (let j = 0; j < neighbours - 1; j++) {
      const id = ids[row * k + j]!;
      if (id >= 0) found.set(id, Math.max(0, 1 - similarities[row * k + j]!));
    }
    return found;
  });
}

/**
 * Membership strengths of each row's neighbours by id: exp(−max(0, d − ρ)/σ), ρ the smallest distance above 0, σ where they add up
 * to log2 of n_neighbors, at least a thousandth of the mean distance (McInnes, Healy & Melville 2018, §4.2 and appendix).
 */
export function referenceStrengths(lists: ReferenceLists): Map<number, number>[] {
  const rows = distancesOf(lists);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = rows.map((row) => mean([0, ...row.values()]));
  const target = Math.log2(lists.neighbours);
  return rows.map((row, i) => {
    const positive = [...row.values()].filter((distance) => distance > 0);
    const rho = positive.length > 0 ? Math.min(...positive) : 0;
    const excesses = [...row.values()].map((distance) => Math.max(0, distance - rho));
    const sumAt = (sigma: number) => excesses.reduce((sum, excess) => sum + Math.exp(-excess / sigma), 0);
    // In logarithms, because a bandwidth may be anywhere between tiny and endless.
    let low = Math.log(1e-16);
    let high = Math.log(1e16);
    for (let round = 0; round < 200; round++) {
      const middle = (low + high) / 2;
      if (sumAt(Math.exp(middle)) > target) high = middle;
      else low = middle;
    }
    const sigma = Math.max(Math.exp((low + high) / 2), 1e-3 * (rho > 0 ? means[i]! : mean(means)));
    return new Map([...row].map(([id, distance]) => [id, Math.exp(-Math.max(0, distance - rho) / sigma)]));
  });
}

/** The fuzzy union a + b − ab of strengths and their transpose; a dense count × count matrix. */
export function referenceUnion(strengths: readonly Map<number, number>[]): Float64Array[] {
  const at = (i: number, j: number) => strengths[i]!.get(j) ?? 0;
  return strengths.map((_, i) =>
    Float64Array.from(strengths, (_unused, j) => at(i, j) + at(j, i) - at(i, j) * at(j, i)),
  );
}

/** An edge, in the order in which the optimiser takes them. */
export interface ReferenceEdge {
  readonly head: number;
  readonly tail: number;
  /** Share of the epochs in which it is due. */
  readonly rate: number;
}

/**
 * The edges in the optimiser's order: the entries of a graph, row by row, cut into as many strata as the longest row fits
 * into, 64 at most, from which they are taken in turn. Those due less than once in all epochs are left out.
 */
export function referenceEdges(
  graph: { starts: Int32Array; columns: Int32Array; weights: Float32Array },
  epochs: number,
): ReferenceEdge[] {
  const { starts, columns, weights } = graph;
  const entries = columns.length;
  const all = Array.from({ length: starts.length - 1 }, (_, head) =>
    Array.from(columns.subarray(starts[head], starts[head + 1]), (tail, j) => ({
      head,
      tail,
      weight: weights[starts[head]! + j]!,
    })),
  );
  const strata = Math.min(
    64,
    Math.max(1, Math.floor(entries / Math.max(1, ...all.map((row) => row.length)))),
  );
  const flat = all.flat();
  const piles = Array.from({ length: strata }, (_, s) =>
    flat.slice(Math.floor((entries * s) / strata), Math.floor((entries * (s + 1)) / strata)),
  );
  const largest = Math.max(...weights);
  const dealt = Array.from({ length: Math.ceil(entries / strata) }, (_, turn) =>
    piles.flatMap((pile) => pile.slice(turn, turn + 1)),
  ).flat();
  return dealt
    .filter(({ weight }) => weight * epochs >= largest)
    .map(({ head, tail, weight }) => ({ head, tail, rate: weight / largest }));
}

/**
 * One epoch in float64, in place: edges whose rate times the epoch passes a whole number, four at a time, each group seeing
 * the places as they were before it. The tail and the head approach by the gradient of the closeness 1/(1 + a d^2b), at
 * most 4 along each axis, times alpha; then the head, from where that brought it, flees five points that `draw` gives.
 * @param draw the next random point for a lane of four
 * @returns for each coordinate, the sum of the sizes of its changes
 */
export function referenceEpoch(request: {
  readonly places: Float64Array;
  readonly edges: readonly ReferenceEdge[];
  readonly epoch: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
  readonly draw: (lane: number) => number;
}): Float64Array {
  const { places, edges, epoch, alpha, a, b, draw } = request;
  const moved = new Float64Array(places.length);
  const due = edges.filter(
    ({ rate }) => Math.floor(rate * epoch + 1e-9) > Math.floor(rate * (epoch - 1) + 1e-9),
  );
  const clip = (value: number) => Math.max(-4, Math.min(4, value));
  for (let at = 0; at < due.length; at += 4) {
    const changes: [number, number][] = [];
    due.slice(at, at + 4).forEach(({ head, tail }, lane) => {
      const own = [places[head * 2]!, places[head * 2 + 1]!];
      const apart = own.map((value, axis) => value - places[tail * 2 + axis]!);
      const squared = apart[0]! ** 2 + apart[1]! ** 2;
      const pull = squared > 0 ? (-2 * a * b * squared ** (b - 1)) / (1 + a * squared ** b) : 0;
      const step = apart.map((value) => alpha * clip(pull * value));
      const from = own.map((value, axis) => value + step[axis]!);
      const gain = [0, 0];
      for (let k = 0; k < 5; k++) {
        const other = draw(lane);
        const away = from.map((value, axis) => value - places[other * 2 + axis]!);
        const gap = away[0]! ** 2 + away[1]! ** 2;
        const push = (2 * b) / ((0.001 + gap) * (1 + a * gap ** b));
        for (const axis of [0, 1]) gain[axis]! += clip(push * away[axis]!);
      }
      for (const axis of [0, 1]) {
        changes.push([tail * 2 + axis, -step[axis]!]);
        changes.push([head * 2 + axis, step[axis]! + alpha * gain[axis]!]);
      }
    });
    for (const [coordinate, change] of changes) {
      places[coordinate]! += change;
      moved[coordinate]! += Math.abs(change);
    }
  }
  return moved;
}
