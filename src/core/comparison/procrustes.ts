import { symmetricEigenvalues } from '@/core/embedding/baseline/symmetric-eigen';
import { seededRandom, shuffle } from '@/core/random';
import { type CrossSide, crossGram } from '@/core/similarity/cross-gram';
import type { TileProduct } from '@/core/similarity/tile-product';
import { rowsPerYield, type UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';
import { squaredLengths } from './space-products';

/** Agreement of two spaces after the best rotation, corrected by what unrelated rows would give. */
export interface ProcrustesAgreement {
  /** 1 − disparity/mean disparity of permuted rows; null under ten rows or where a run does not vary. */
  readonly value: number | null;
  /** Rows drawn where both the rows and the widths are too many for all, null where all were used. */
  readonly sampledRows: number | null;
  /** Permutations that chance was measured on: 20, or fewer where those already pin their mean down; 0 without a number. */
  readonly permutations: number;
}

const permutationCount = 20;
const fewestPermutations = 4;
/** Chance is pinned down once its 95 % interval is within this part of it: it moves the agreement by no more than as much. */
const pinnedShare = 5e-4;
/** Student's t, two-sided 95 %, by degrees of freedom from 3 on (Fisher & Yates 1938). */
const studentT = [
  3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093,
];
const seed = 1;
const fewestRows = 10;
/** Largest side of the matrix whose singular values are found: 21 times a few seconds. */
const largestSide = 1024;
const productsAYield = 2 ** 21;

/**
 * Corrected Procrustes agreement: with A and B the centred rows of Frobenius norm 1, disparity 1 − ‖AᵀB‖²_*, and the mean
 * disparity of up to 20 seeded permutations of B's rows as what chance gives: with many rows permutations hardly differ, so
 * that four pin their mean down to 5 parts in 10,000 and the others are spared. The nuclear norm comes from eigenvalues in float64: of
 * the rows' side where there are fewer rows than dimensions, else of AᵀB. No n × n beyond `largestSide`.
 */
export function* procrustesAgreement(request: {
  readonly x: CrossSide;
  readonly y: CrossSide;
  readonly product: TileProduct;
  /** Half the interval of chance, as a part of it, at which no more permutations are made; 0 makes all. */
  readonly pinned?: number;
}): Work<ProcrustesAgreement> {
  const { product, pinned = pinnedShare } = request;
  let { x, y } = request;
  const widest = Math.min(x.rows.dims, y.rows.dims);
  let sampledRows: number | null = null;
  if (x.indices.length > largestSide && widest > largestSide) {
    const kept = Uint32Array.from({ length: x.indices.length }, (_, i) => i);
    shuffle(kept, seededRandom(seed));
    const places = kept.subarray(0, largestSide).sort();
    x = { rows: x.rows, indices: Uint32Array.from(places, (place) => x.indices[place]!) };
    y = { rows: y.rows, indices: Uint32Array.from(places, (place) => y.indices[place]!) };
    sampledRows = largestSide;
  }
  const count = x.indices.length;
  const none = { value: null, sampledRows, permutations: 0 };
  if (count < fewestRows) return none;
  const total = permutationCount + 1;
  const measure =
    count <= widest
      ? yield* rowFactors(x, y)
      : {
          nuclear: (p: Uint32Array) => nuclearOfColumns(x, y, p, product),
          normX: yield* centredNorm(x),
          normY: yield* centredNorm(y),
        };
  if (!(measure.normX > 0 && measure.normY > 0)) return none;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const random = seededRandom(seed);
  let own = 0;
  const chances: number[] = [];
  for (let round = 0; round < total; round++) {
    if (round > 0) shuffle(order, random);
    const steps = measure.nuclear(order);
    let step = steps.next();
    while (!step.done) {
      yield { done: round, total };
      step = steps.next();
    }
    const disparity = 1 - Math.min(1, (step.value / (measure.normX * measure.normY)) ** 2);
    if (round === 0) own = disparity;
    else chances.push(disparity);
    if (isPinnedDown(chances, pinned)) break;
  }
  const chance = meanOf(chances);
  return { value: chance > 0 ? 1 - own / chance : null, sampledRows, permutations: chances.length };
}

/** Whether the mean of so many draws is known well enough. */
function isPinnedDown(draws: readonly number[], share: number): boolean {
  if (draws.length < fewestPermutations || share === 0) return false;
  const mean = meanOf(draws);
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (draws.length - 1);
  const half = studentT[draws.length - fewestPermutations]! * Math.sqrt(variance / draws.length);
  return half <= share * mean;
}

function meanOf(draws: readonly number[]): number {
  return draws.reduce((sum, draw) => sum + draw, 0) / Math.max(1, draws.length);
}

interface Measure {
  /** ‖AᵀPB‖_* for the rows of B in the given order. */
  nuclear(order: Uint32Array): Work<number>;
  /** Frobenius norms of the centred rows. */
  readonly normX: number;
  readonly normY: number;
}

/** With XXᵀ = LLᵀ and YYᵀ = NNᵀ the singular values of XᵀPY are those of LᵀPN, which is rows × rows. */
function* rowFactors(x: CrossSide, y: CrossSide): Work<Measure> {
  const count = x.indices.length;
  const l = yield* factorOfRows(x);
  const n = yield* factorOfRows(y);
  const nuclear = function* (order: Uint32Array): Work<number> {
    const joint = new Float64Array(count * count);
    let products = 0;
    for (let t = 0; t < count; t++) {
      const other = order[t]!;
      for (let i = 0; i <= t; i++) {
        const factor = l.values[t * count + i]!;
        if (factor === 0) continue;
        const target = i * count;
        const source = other * count;
        for (let j = 0; j <= other; j++) joint[target + j]! += factor * n.values[source + j]!;
      }
      products += t * other;
      if (products > productsAYield) {
        products = 0;
        yield { done: t, total: count };
      }
    }
    return yield* nuclearNorm(joint, count, count);
  };
  return { nuclear, normX: l.norm, normY: n.norm };
}

/** Lower factor L of the centred rows' products (count × count) with LLᵀ equal to them, columns of no weight zero. */
function* factorOfRows({ rows, indices }: CrossSide): Work<{ values: Float64Array; norm: number }> {
  const { values, dims } = rows;
  const count = indices.length;
  const centred = new Float64Array(count * dims);
  const mean = new Float64Array(dims);
  indices.forEach((row) => {
    for (let k = 0; k < dims; k++) mean[k]! += values[row * dims + k]! / count;
  });
  indices.forEach((row, i) => {
    for (let k = 0; k < dims; k++) centred[i * dims + k] = values[row * dims + k]! - mean[k]!;
  });
  const products = new Float64Array(count * count);
  let done = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < dims; k++) sum += centred[i * dims + k]! * centred[j * dims + k]!;
      products[i * count + j] = sum;
    }
    squares += products[i * count + i]!;
    done += i * dims;
    if (done > productsAYield) {
      done = 0;
      yield { done: i, total: count };
    }
  }
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, products[i * count + i]!);
  // Cholesky (Golub & Van Loan 2013, §4.2); a pivot of rounding only is a direction that earlier rows span.
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = products[i * count + j]!;
      for (let k = 0; k < j; k++) sum -= products[i * count + k]! * products[j * count + k]!;
      const pivot = products[j * count + j]!;
      if (i === j) products[i * count + i] = sum > largest * 1e-12 ? Math.sqrt(sum) : 0;
      else products[i * count + j] = pivot === 0 ? 0 : sum / pivot;
    }
    done += (i * i) / 2;
    if (done > productsAYield) {
      done = 0;
      yield { done: i, total: count };
    }
  }
  return { values: products, norm: Math.sqrt(squares) };
}

function* centredNorm({ rows, indices }: CrossSide): Work<number> {
  const count = indices.length;
  const mean = new Float64Array(rows.dims);
  const rowsAYield = rowsPerYield(rows.dims);
  for (let from = 0; from < count; from += rowsAYield) {
    addRows(rows, indices.subarray(from, from + rowsAYield), 1 / count, mean);
    yield { done: from, total: 2 * count };
  }
  let squares = 0;
  for (const square of yield* squaredLengths({ rows, indices }, mean)) squares += square;
  return Math.sqrt(squares);
}

/** A loop of its own: in the middle of a generator it takes several times as long. */
function addRows({ values, dims }: UnitRows, indices: Uint32Array, weight: number, sum: Float64Array): void {
  for (const row of indices) for (let k = 0; k < dims; k++) sum[k]! += values[row * dims + k]! * weight;
}

function* nuclearOfColumns(
  x: CrossSide,
  y: CrossSide,
  order: Uint32Array,
  product: TileProduct,
): Work<number> {
  const turned = { rows: y.rows, indices: order.map((place) => y.indices[place]!) };
  const { values, height, width } = yield* crossGram({ x, y: turned, centred: true, product });
  return yield* nuclearNorm(values, height, width);
}

/** Sum of the singular values of a matrix (height × width): square roots of the eigenvalues of its smaller Gram matrix. */
function* nuclearNorm(matrix: Float64Array, height: number, width: number): Work<number> {
  const size = Math.min(height, width);
  const depth = Math.max(height, width);
  const lines = height <= width ? matrix : transpose(matrix, height, width);
  const gram = new Float64Array(size * size);
  let done = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      const a = i * depth;
      const b = j * depth;
      for (let k = 0; k < depth; k++) sum += lines[a + k]! * lines[b + k]!;
      gram[i * size + j] = sum;
      gram[j * size + i] = sum;
    }
    done += i * depth;
    if (done > productsAYield) {
      done = 0;
      yield { done: i, total: size };
    }
  }
  const eigenvalues = yield* symmetricEigenvalues(gram, size);
  const rounding = size * Number.EPSILON * (eigenvalues[0] ?? 0);
  let sum = 0;
  for (const value of eigenvalues) if (value > rounding) sum += Math.sqrt(value);
  return sum;
}

function transpose(matrix: Float64Array, height: number, width: number): Float64Array {
  const turned = new Float64Array(matrix.length);
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) turned[j * height + i] = matrix[i * width + j]!;
  return turned;
}
