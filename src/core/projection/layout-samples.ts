// Generated rows for tests of layouts, and what to ask of the result.
import type { LayoutRequest } from './layout-request';

/** Uniform numbers (Park & Miller 1988), so that data does not come from the code under test. */
export function parkMiller(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export function gaussianPoints(centres: number[][], each: number, spread: number, seed: number): number[][] {
  const random = parkMiller(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return centres.flatMap((centre) =>
    Array.from({ length: each }, () => centre.map((value) => value + spread * gaussian())),
  );
}

export function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Exact neighbours in float64, −1 and NaN where there are fewer than k, and the first two coordinates as the start. */
export function requestFor(
  points: number[][],
  k: number,
  settings: Partial<LayoutRequest> = {},
): LayoutRequest {
  const count = points.length;
  const ids = new Int32Array(count * k).fill(-1);
  const similarities = new Float32Array(count * k).fill(Number.NaN);
  points.forEach((point, row) => {
    points
      .map((other, id) => ({ id, similarity: cosine(point, other) }))
      .filter(({ id }) => id !== row)
      .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
      .slice(0, k)
      .forEach(({ id, similarity }, j) => {
        ids[row * k + j] = id;
        similarities[row * k + j] = similarity;
      });
  });
  const start = Float32Array.from(points.flatMap((point) => [point[0]!, point[1]!]));
  return { ids, similarities, count, k, start, neighbours: 15, minDist: 0.1, seed: 42, ...settings };
}

export function isFiniteLayout(result: { layout: Float32Array }, count: number): boolean {
  return result.layout.length === count * 2 && result.layout.every(Number.isFinite);
}

export const axis = (at: number, length = 12): number[] =>
  Array.from({ length }, (_, i) => (i === at ? 1 : 0));
/**
 * Rows in turn from each cluster, so that neighbours by index are never neighbours. The start holds coordinates 0 and 1,
 * in which all clusters lie on top of each other.
 */
export const threeClusters = interleave(gaussianPoints([axis(3), axis(5), axis(7)], 40, 0.08, 7), 3);

export function interleave(points: number[][], clusters: number): number[][] {
  const each = points.length / clusters;
  return points.map((_, row) => points[(row % clusters) * each + Math.floor(row / clusters)]!);
}

/** Share of each row's nearest places that belong to its own cluster, when row r belongs to cluster r modulo `clusters`. */
export function shareOfSameCluster(places: Float32Array, clusters: number, nearest: number): number {
  const count = places.length / 2;
  let same = 0;
  for (let row = 0; row < count; row++) {
    same += Array.from({ length: count }, (_, other) => other)
      .filter((other) => other !== row)
      .map((other) => ({
        other,
        distance: Math.hypot(
          places[row * 2]! - places[other * 2]!,
          places[row * 2 + 1]! - places[other * 2 + 1]!,
        ),
      }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, nearest)
      .filter(({ other }) => other % clusters === row % clusters).length;
  }
  return same / (count * nearest);
}

/** Scores of unit rows on their first two principal components, n × 2, by repeated multiplication in float64. */
export function principalScores(points: number[][]): Float32Array {
  const dims = points[0]!.length;
  const unit = points.map((point) => point.map((value) => value / Math.hypot(...point)));
  const mean = Array.from(
    { length: dims },
    (_, i) => unit.reduce((sum, row) => sum + row[i]!, 0) / unit.length,
  );
  const rows = unit.map((row) => row.map((value, i) => value - mean[i]!));
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const random = parkMiller(17);
  const found: number[][] = [];
  for (let component = 0; component < 2; component++) {
    let direction = mean.map(() => random() - 0.5);
    for (let round = 0; round < 100; round++) {
      const scores = rows.map((row) => dot(row, direction));
      const next = mean.map((_, i) => rows.reduce((sum, row, j) => sum + row[i]! * scores[j]!, 0));
      for (const earlier of found) {
        const share = dot(next, earlier);
        for (let i = 0; i < dims; i++) next[i]! -= share * earlier[i]!;
      }
      direction = next.map((value) => value / Math.hypot(...next));
    }
    found.push(direction);
  }
  return Float32Array.from(rows.flatMap((row) => found.map((direction) => dot(row, direction))));
}

/**
 * A request made with additions, multiplications, divisions and square roots only, which are the same in every engine: what
 * the layout of it hashes to must be too.
 */
export function portableRequest(): LayoutRequest {
  const random = parkMiller(41);
  const centres = Array.from({ length: 5 }, () => Array.from({ length: 8 }, () => random() - 0.5));
  const points = Array.from({ length: 90 }, (_, row) =>
    centres[row % 5]!.map((value) => value + (random() - 0.5) * 0.4),
  );
  return requestFor(points, 14, { epochs: 100 });
}

/** Of the layout of `portableRequest`. */
export const portableChecksum = 'e2a00083';

/** FNV-1a over the bytes. */
export function hashBytes(values: Float32Array): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(values.slice().buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}
