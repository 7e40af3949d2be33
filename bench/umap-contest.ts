// Times our UMAP against umap-js on the same neighbours and start, round by round in turn. Runs in Node and in a page.
import { UMAP } from 'umap-js';
import { scaleStart, stirStart } from '../src/core/projection/layout-request.ts';
import type { UmapKernels } from '../src/core/projection/umap-kernels.ts';
import { seededRandom } from '../src/core/random.ts';
import { type BenchmarkResult, compareFigures, median } from './benchmark.ts';

interface Lists {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly start: Float32Array;
  readonly count: number;
  readonly k: number;
}

/** Unit rows around 20 centres in `dims` dimensions, each cluster a little flat, and their exact neighbours by cosine. */
export function makeLists(count: number, dims: number, k: number): Lists {
  const random = seededRandom(7);
  const even = () => random() + random() + random() - 1.5;
  const centres = Array.from({ length: 20 }, () => Float32Array.from({ length: dims }, even));
  const rows = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const at = row * dims;
    const [centre, near, far] = [0, 1, 5].map((shift) => centres[(row + shift) % 20]!);
    const [u, v] = [even(), even()];
    for (let i = 0; i < dims; i++) {
      rows[at + i] = centre![i]! + 0.5 * (u * near![i]! + v * far![i]!) + 0.6 * even();
    }
    const length = Math.hypot(...rows.subarray(at, at + dims));
    for (let i = 0; i < dims; i++) rows[at + i]! /= length;
  }
  const ids = new Int32Array(count * k);
  const similarities = new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY);
  const offer = (row: number, id: number, similarity: number) => {
    let at = row * k + k - 1;
    if (similarity <= similarities[at]!) return;
    while (at > row * k && similarities[at - 1]! < similarity) {
      similarities[at] = similarities[at - 1]!;
      ids[at] = ids[at - 1]!;
      at--;
    }
    similarities[at] = similarity;
    ids[at] = id;
  };
  const block = 128;
  for (let i0 = 0; i0 < count; i0 += block) {
    for (let j0 = i0; j0 < count; j0 += block) {
      for (let i = i0; i < Math.min(count, i0 + block); i++) {
        for (let j = Math.max(j0, i + 1); j < Math.min(count, j0 + block); j++) {
          const similarity = dot(rows, i * dims, j * dims, dims);
          offer(i, j, similarity);
          offer(j, i, similarity);
        }
      }
    }
  }
  // A plane of two centres in place of PCA: the time does not depend on it.
  const start = new Float32Array(count * 2);
  for (let row = 0; row < count; row++) {
    for (const axis of [0, 1]) {
      for (let i = 0; i < dims; i++) start[row * 2 + axis]! += rows[row * dims + i]! * centres[axis]![i]!;
    }
  }
  return { ids, similarities, start, count, k };
}

function dot(rows: Float32Array, a: number, b: number, dims: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 4 <= dims; i += 4) {
    s0 += rows[a + i]! * rows[b + i]!;
    s1 += rows[a + i + 1]! * rows[b + i + 1]!;
    s2 += rows[a + i + 2]! * rows[b + i + 2]!;
    s3 += rows[a + i + 3]! * rows[b + i + 3]!;
  }
  for (; i < dims; i++) s0 += rows[a + i]! * rows[b + i]!;
  return s0 + s1 + (s2 + s3);
}

interface Times {
  /** Milliseconds to the first epoch. */
  graph: number;
  /** Milliseconds an epoch, median over all after the first ten. */
  epoch: number;
  /** Milliseconds of the graph and of 200 such epochs; a busy machine hits single epochs, and the faster side harder. */
  total: number;
}

interface Round {
  readonly ours: Times;
  readonly umapJs: Times;
}

/** Rows, numbers a row, and neighbours of each. */
export const contestShape = { n: 10_000, d: 384, k: 14 } as const;

const epochs = 200;

/** A contestant builds its graph and returns the function that runs an epoch. */
type Contestant = (lists: Lists) => (epoch: number) => void;

function ourUmap(kernels: UmapKernels): Contestant {
  return ({ ids, similarities, start, count, k }) => {
    const places = scaleStart(start);
    stirStart(places, seededRandom(1));
    const random = Uint32Array.of(123456789, 362436069, 521288629, 88675123);
    const session = kernels.open({
      ids,
      similarities,
      count,
      k,
      neighbours: k + 1,
      minDist: 0.1,
      epochs,
      places,
      random,
    });
    for (const work of [session.weighRows, session.uniteRows]) {
      for (let from = 0; from < count; from += 1024) work(from, Math.min(count, from + 1024));
    }
    const parts = session.arrangeEdges();
    return (epoch) => {
      for (let part = 0; part < parts; part++) session.moveEpoch(epoch, part);
    };
  };
}

const umapJs: Contestant = ({ ids, similarities, start, count, k }) => {
  const umap = new UMAP({ nNeighbors: k + 1, minDist: 0.1, nEpochs: epochs, random: seededRandom(1) });
  const rows = Array.from({ length: count }, (_, row) => row);
  umap.setPrecomputedKNN(
    rows.map((row) => [row, ...ids.subarray(row * k, (row + 1) * k)]),
    rows.map((row) => [
      0,
      ...Array.from(similarities.subarray(row * k, (row + 1) * k), (cosine) => 1 - cosine),
    ]),
  );
  umap.initializeFit(rows.map(() => []));
  const places = umap.getEmbedding();
  const scaled = scaleStart(start);
  rows.forEach((row) => {
    places[row]![0] = scaled[row * 2]!;
    places[row]![1] = scaled[row * 2 + 1]!;
  });
  return () => umap.step();
};

/** One round: both build their graph, then both run all epochs, ten at a time in turn. */
export function runRound(lists: Lists, kernels: UmapKernels): Round {
  const runs = [ourUmap(kernels), umapJs].map((build) => {
    const began = performance.now();
    const step = build(lists);
    return { step, graph: performance.now() - began, epochs: [] as number[] };
  });
  for (let first = 1; first <= epochs; first += 10) {
    for (const { step, epochs: times } of runs) {
      for (let epoch = first; epoch < first + 10; epoch++) {
        const began = performance.now();
        step(epoch);
        times.push(performance.now() - began);
      }
    }
  }
  const [ours, theirs] = runs.map(({ graph, epochs: times }) => {
    const epoch = times.slice(10).sort((a, b) => a - b)[Math.floor((times.length - 10) / 2)]!;
    return { graph, epoch, total: graph + epochs * epoch };
  });
  return { ours: ours!, umapJs: theirs! };
}

/** The medians of all rounds beside those of umap-js. */
export function* compareRounds(rounds: readonly Round[], subject: string): Generator<BenchmarkResult> {
  const labels = { graph: 'graph and start', epoch: 'an epoch', total: 'graph and 200 epochs' } as const;
  for (const part of ['graph', 'epoch', 'total'] as const) {
    yield compareFigures({
      name: `${subject}: ${labels[part]}`,
      n: contestShape.n,
      d: contestShape.d,
      unit: 'ms',
      better: 'less',
      value: median(rounds.map(({ ours }) => ours[part])),
      peer: { name: 'umap-js', value: median(rounds.map(({ umapJs }) => umapJs[part])) },
    });
  }
}
