import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutRows } from '@/core/evaluation/reduced-vectors';
import { cosineTable, vectorsOf } from '@/core/evaluation/reference-measures';
import { seededGaussian } from '@/core/random';
import { referenceProduct } from '@/core/similarity/reference-similarity';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { hsicTerms, linearCka } from './linear-cka';
import { listAgreement } from './list-agreement';

type Vectors = readonly (readonly number[])[];

const count = 240;
const k = 10;

function gaussian(dims: number, seed: number): Vectors {
  const next = seededGaussian(seed);
  return Array.from({ length: count }, () => Array.from({ length: dims }, () => next()));
}

/** Float32 as stored, made length 1 in float64. */
function unitRows(vectors: Vectors): UnitRows {
  const dims = vectors[0]!.length;
  const values = new Float32Array(vectors.length * dims);
  vectors.forEach((vector, row) => {
    const stored = vector.map(Math.fround);
    const length = Math.hypot(...stored);
    stored.forEach((value, i) => {
      values[row * dims + i] = value / length;
    });
  });
  return { values, dims };
}

const members = Uint32Array.from({ length: count }, (_, row) => row);

/** The k nearest rows of each row by cosine in float64, ties by row. */
function nearest(rows: UnitRows): Int32Array {
  return Int32Array.from(
    cosineTable(vectorsOf(rows, members)).flatMap((line, row) =>
      Array.from(line.keys())
        .filter((other) => other !== row)
        .sort((a, b) => line[b]! - line[a]! || a - b)
        .slice(0, 50),
    ),
  );
}

function agree(a: UnitRows, b: UnitRows) {
  return finishWork(listAgreement({ a: nearest(a), b: nearest(b), count, k, listLength: 50 }));
}

function cka(a: UnitRows, b: UnitRows): number {
  const [x, y] = [a, b].map((rows) => ({ rows, indices: members }));
  const terms = (one: typeof x, other: typeof y) =>
    finishWork(hsicTerms({ x: one!, y: other!, product: referenceProduct }));
  return finishWork(linearCka({ ofPair: terms(x, y), ofA: terms(x, x), ofB: terms(y, y) })).value!;
}

/** A turn by the reflection that swaps a random direction with its opposite. */
function reflected(vectors: Vectors, seed: number): Vectors {
  const next = seededGaussian(seed);
  const axis = vectors[0]!.map(() => next());
  const square = axis.reduce((sum, value) => sum + value * value, 0);
  return vectors.map((vector) => {
    const along = (2 * vector.reduce((sum, value, i) => sum + value * axis[i]!, 0)) / square;
    return vector.map((value, i) => value - along * axis[i]!);
  });
}

describe('what must be so of two runs', () => {
  const base = gaussian(12, 1);

  it('a rotated copy has the same neighbours', () => {
    const { overlap, rbo } = agree(unitRows(base), unitRows(reflected(reflected(base, 2), 3)));
    // Cosines that differ by less than float32 tells may change places.
    expect(overlap.value).toBeGreaterThan(0.999);
    expect(rbo.value).toBeGreaterThan(0.999);
  });

  it('independent Gaussians share what chance gives', () => {
    const { overlap, overlapCorrected, chance } = agree(unitRows(base), unitRows(gaussian(40, 9)));
    expect(chance).toBeCloseTo(k / (count - 1), 12);
    expect(Math.abs(overlap.value! - chance!)).toBeLessThan(0.015);
    expect(overlapCorrected.low!).toBeLessThan(0.02);
    expect(overlapCorrected.high!).toBeGreaterThan(-0.02);
  });

  it('lengths of 1e-3 and 1e3 change nothing', () => {
    const scaled = unitRows(
      base.map((vector, row) => vector.map((value) => value * (row % 2 === 0 ? 1e-3 : 1e3))),
    );
    expect(agree(unitRows(base), scaled).overlap.value).toBeGreaterThan(0.999);
    expect(cka(unitRows(base), scaled)).toBeCloseTo(1, 6);
  });

  it('vectors cut to their first numbers are the shorter model where the longer one only adds to it', () => {
    const short = gaussian(8, 4);
    const tail = gaussian(24, 5);
    const long = unitRows(short.map((vector, row) => [...vector, ...tail[row]!]));
    const cut = finishWork(cutRows(long, members, 8));
    unitRows(short).values.forEach((value, i) => {
      expect(cut.values[i]).toBeCloseTo(value, 6);
    });
  });
});

const folder = [
  process.env.SAMPLE_VECTORS_DIR ?? '',
  join(process.env.SAMPLE_VECTORS_DIR ?? '', '../peliculas'),
].find((path) => path !== '' && existsSync(join(path, 'text-embedding-3-small-1536.f32')));

describe.skipIf(folder === undefined)('text-embedding-3-small as published', () => {
  it('cut to 256 numbers and made length 1 equals its 256-dimensional file', () => {
    const read = (dims: number): UnitRows => {
      const bytes = readFileSync(join(folder!, `text-embedding-3-small-${dims}.f32`));
      return { values: new Float32Array(new Uint8Array(bytes).buffer), dims };
    };
    const long = read(1536);
    const rows = Uint32Array.from({ length: long.values.length / long.dims }, (_, row) => row);
    const cut = finishWork(cutRows(long, rows, 256));
    const short = read(256);
    let worst = 0;
    cut.values.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - short.values[i]!));
    });
    // The service rounds what it sends.
    expect(worst).toBeLessThan(1e-3);
  });
});
