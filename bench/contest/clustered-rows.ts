import { seededGaussian } from '@/core/random';

export interface ClusteredRows {
  /** n × d, of length 1, row-major. */
  readonly rows: Float32Array<ArrayBuffer>;
  /** Cluster of each row. */
  readonly labels: Int32Array<ArrayBuffer>;
}

const familyCount = 8;
const clustersOfFamily = 6;
/** Directions in which a cluster extends, and how far; the rest is noise in all directions, of this length in all. */
const spreadDirections = 6;
const spread = 0.35;
const noise = 0.6;

/**
 * Rows as embeddings of texts lie: 48 clusters in 8 families, each cluster flat with noise around it, so that two principal
 * components show families at best, and neighbours are worth finding.
 */
export function makeClusteredRows(n: number, d: number, seed: number): ClusteredRows {
  const next = seededGaussian(seed);
  const direction = (length: number) => {
    const factor = length / Math.sqrt(d);
    return Float32Array.from({ length: d }, () => next() * factor);
  };
  const families = Array.from({ length: familyCount }, () => direction(1));
  const clusters = Array.from({ length: familyCount * clustersOfFamily }, (_, cluster) => {
    const own = direction(0.8);
    return {
      centre: own.map((value, i) => value + families[cluster % familyCount]![i]!),
      directions: Array.from({ length: spreadDirections }, () => direction(spread)),
    };
  });
  const rows = new Float32Array(n * d);
  const labels = new Int32Array(n);
  const factor = noise / Math.sqrt(d);
  for (let row = 0; row < n; row++) {
    labels[row] = row % clusters.length;
    const { centre, directions } = clusters[row % clusters.length]!;
    const values = rows.subarray(row * d, (row + 1) * d);
    for (let i = 0; i < d; i++) values[i] = centre[i]! + factor * next();
    for (const along of directions) {
      const weight = next();
      for (let i = 0; i < d; i++) values[i]! += weight * along[i]!;
    }
    let squares = 0;
    for (const value of values) squares += value * value;
    const scale = 1 / Math.sqrt(squares);
    for (let i = 0; i < d; i++) values[i]! *= scale;
  }
  return { rows, labels };
}
