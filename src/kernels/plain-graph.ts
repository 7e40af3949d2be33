import type { FuzzyGraph } from '@/core/projection/umap-kernels';
import { plainExp, plainLog } from './plain-numbers';

// As in assembly/umap-graph.ts, equal bit by bit.

/** Neighbour lists on their way to a graph: `width` entries a row, ids −1 where there is none. */
export interface GraphLists {
  readonly count: number;
  readonly width: number;
  readonly neighbours: number;
  readonly ids: Int32Array;
  /** Cosines, which become strengths. */
  readonly weights: Float32Array;
  readonly united: Float32Array;
  readonly degrees: Int32Array;
}

/** Edges in the order in which they are moved: both points, and how often each is due in 2^−30 of an epoch. */
export interface EdgeList {
  readonly heads: Int32Array<ArrayBuffer>;
  readonly tails: Int32Array<ArrayBuffer>;
  readonly rates: Int32Array<ArrayBuffer>;
}

const tolerance = 1e-5;
const bisections = 64;
const leastBandwidth = 1e-3;
const mostStrata = 64;

function distanceOf(similarity: number): number {
  return Math.max(0, 1 - similarity);
}

/** Returns the function that turns the cosines of rows [from, to) into membership strengths, in place. */
export function weighPlainRows(lists: GraphLists): (from: number, to: number) => void {
  const { count, width, ids, weights } = lists;
  let sumOfMeans = 0;
  for (let row = 0; row < count; row++) {
    let sum = 0;
    let present = 1;
    for (let at = row * width; at < (row + 1) * width; at++) {
      if (ids[at]! < 0) continue;
      sum += distanceOf(weights[at]!);
      present++;
    }
    sumOfMeans += sum / present;
  }
  const meanDistance = sumOfMeans / count;
  const target = plainLog(lists.neighbours) / Math.LN2;
  const excesses = new Float64Array(width);

  return (from, to) => {
    for (let row = from; row < to; row++) {
      let present = 0;
      let rho = 0;
      let sum = 0;
      for (let at = row * width; at < (row + 1) * width; at++) {
        if (ids[at]! < 0) continue;
        const distance = distanceOf(weights[at]!);
        excesses[present++] = distance;
        sum += distance;
        if (rho === 0) rho = distance;
      }
      for (let j = 0; j < present; j++) excesses[j] = Math.max(0, excesses[j]! - rho);
      const floor = leastBandwidth * (rho > 0 ? sum / (present + 1) : meanDistance);
      const sigma = Math.max(findBandwidth(excesses, present, target), floor);
      let j = 0;
      for (let at = row * width; at < (row + 1) * width; at++) {
        if (ids[at]! < 0) {
          weights[at] = 0;
          continue;
        }
        const excess = excesses[j++]!;
        weights[at] = excess <= 0 ? 1 : plainExp(-(excess / sigma));
      }
    }
  };
}

function findBandwidth(excesses: Float64Array, present: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let middle = 1;
  for (let round = 0; round < bisections; round++) {
    const scale = -1 / middle;
    let even = 0;
    let odd = 0;
    for (let j = 0; j < present; j += 2) {
      even += plainExp(excesses[j]! * scale);
      odd += plainExp(j + 1 < present ? excesses[j + 1]! * scale : Number.NEGATIVE_INFINITY);
    }
    const sum = even + odd;
    if (Math.abs(sum - target) < tolerance) break;
    if (sum > target) {
      high = middle;
      middle = (low + high) / 2;
    } else {
      low = middle;
      middle = high === Number.POSITIVE_INFINITY ? middle * 2 : (low + high) / 2;
    }
  }
  return middle;
}

/** Unites strengths with those of the other direction; a pair in both lists stands in that of the smaller row only. */
export function unitePlainRows(lists: GraphLists, from: number, to: number): void {
  const { width, ids, weights, united, degrees } = lists;
  for (let row = from; row < to; row++) {
    for (let at = row * width; at < (row + 1) * width; at++) {
      const id = ids[at]!;
      let strength = 0;
      if (id >= 0) {
        const back = ids.subarray(id * width, (id + 1) * width).indexOf(row);
        if (back < 0 || row < id) {
          const there = weights[at]!;
          const here = back < 0 ? 0 : weights[id * width + back]!;
          strength = Math.fround(there + here - there * here);
        }
      }
      united[at] = strength;
      if (strength > 0) {
        degrees[row]!++;
        degrees[id]!++;
      }
    }
  }
}

export function fillPlainGraph({ count, width, ids, united, degrees }: GraphLists): FuzzyGraph {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) starts[row + 1] = starts[row]! + degrees[row]!;
  const cursors = starts.slice();
  const columns = new Int32Array(starts[count]!);
  const weights = new Float32Array(starts[count]!);
  const put = (row: number, column: number, weight: number) => {
    const at = cursors[row]!++;
    columns[at] = column;
    weights[at] = weight;
  };
  for (let row = 0; row < count; row++) {
    for (let at = row * width; at < (row + 1) * width; at++) {
      const weight = united[at]!;
      if (weight <= 0) continue;
      put(row, ids[at]!, weight);
      put(ids[at]!, row, weight);
    }
  }
  return { starts, columns, weights };
}

/** Deals out the edges from up to 64 strata of the graph in turn; those that would never be due are left out. */
export function arrangePlainEdges({ starts, columns, weights }: FuzzyGraph, epochs: number): EdgeList {
  const count = starts.length - 1;
  const entries = columns.length;
  const largest = weights.reduce((max, weight) => Math.max(max, weight), 0);
  let longest = 1;
  for (let row = 0; row < count; row++) longest = Math.max(longest, starts[row + 1]! - starts[row]!);
  const strata = Math.max(1, Math.min(mostStrata, Math.floor(entries / longest)));
  const firstOf = (stratum: number) => Math.floor((entries * stratum) / strata);
  const rowOf = new Int32Array(entries);
  for (let row = 0; row < count; row++) rowOf.fill(row, starts[row]!, starts[row + 1]!);

  const heads: number[] = [];
  const tails: number[] = [];
  const rates: number[] = [];
  for (let turn = 0; turn < Math.ceil(entries / strata); turn++) {
    for (let stratum = 0; stratum < strata; stratum++) {
      const e = firstOf(stratum) + turn;
      if (e >= firstOf(stratum + 1)) continue;
      const weight = weights[e]!;
      if (weight < largest / epochs) continue;
      heads.push(rowOf[e]!);
      tails.push(columns[e]!);
      rates.push(Math.floor(weight * (2 ** 30 / largest) + 0.5));
    }
  }
  return { heads: Int32Array.from(heads), tails: Int32Array.from(tails), rates: Int32Array.from(rates) };
}
