import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npyHeader, vectorsNpy } from './vectors-npy';

/** A reader of its own after the NPY 1.0 description: magic, version, little-endian header length, a Python dictionary. */
function readNpy(parts: Uint8Array[]): {
  rows: number;
  dims: number;
  values: Float32Array;
  dataStart: number;
} {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  expect(String.fromCharCode(...bytes.subarray(0, 6))).toBe('\x93NUMPY');
  expect([bytes[6], bytes[7]]).toEqual([1, 0]);
  const dataStart = 10 + bytes[8]! + 256 * bytes[9]!;
  const header = String.fromCharCode(...bytes.subarray(10, dataStart));
  expect(header.endsWith('\n')).toBe(true);
  expect(header).toMatch(/^\{.*\} *\n$/);
  expect(/'descr': '([^']*)'/.exec(header)?.[1]).toBe('<f4');
  expect(/'fortran_order': (\w+)/.exec(header)?.[1]).toBe('False');
  const shape = /'shape': \((\d+), (\d+)\)/.exec(header)!;
  const rows = Number(shape[1]);
  const dims = Number(shape[2]);
  expect(bytes.length).toBe(dataStart + rows * dims * 4);
  const values = new Float32Array(bytes.slice(dataStart).buffer);
  return { rows, dims, values, dataStart };
}

it('writes the bytes that NumPy 2.4 saves for the same array', () => {
  const unitRows = Float32Array.of(1.5, -2, 0.25, 1e-3, 65504, 3);
  const saved = Buffer.concat([
    Buffer.from('934e554d505901007600', 'hex'),
    Buffer.from(`${"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117)}\n`),
    Buffer.from('0000c03f000000c00000803e6f12833a00e07f4700004040', 'hex'),
  ]);
  const written = [...vectorsNpy({ rows: 2, dims: 3, unitRows, norms: Float64Array.of(1, 1) })];
  expect(Buffer.concat(written).equals(saved)).toBe(true);
});

describe('npyHeader', () => {
  it('ends at a multiple of 64 for any shape', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (rows, dims) => {
        const header = npyHeader({ rows, dims });
        expect(header.length % 64).toBe(0);
        expect(header.length).toBeLessThanOrEqual(128);
        expect(header.at(-1)).toBe(10);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });
});

describe('vectorsNpy', () => {
  it('brings the vectors back as they came, NaN for rows without one', () => {
    const row = fc.option(
      fc.record({
        direction: fc
          .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 7, maxLength: 7 })
          .filter((values) => values.some((value) => value !== 0)),
        size: fc.constantFrom(1e-3, 0.7, 1, 33.3, 1e3),
      }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const came = rows.map(
          (each) => each?.direction.map((value) => Math.fround(value * each.size)) ?? null,
        );
        const norms = Float64Array.from(came, (vector) => (vector === null ? 0 : Math.hypot(...vector)));
        const unitRows = Float32Array.from(
          came.flatMap(
            (vector, i) => vector?.map((value) => value / norms[i]!) ?? new Array<number>(7).fill(0),
          ),
        );
        const read = readNpy(Array.from(vectorsNpy({ rows: rows.length, dims: 7, unitRows, norms })));
        expect([read.rows, read.dims, read.dataStart % 64]).toEqual([rows.length, 7, 0]);
        came.forEach((vector, i) => {
          for (let j = 0; j < 7; j++) {
            const value = read.values[i * 7 + j]!;
            if (vector === null) expect(value).toBeNaN();
            else expect(Math.abs(value - vector[j]!)).toBeLessThanOrEqual(Math.abs(vector[j]!) * 1e-6);
          }
        });
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('joins parts without a seam', () => {
    const rows = 2500;
    const dims = 1000;
    const unitRows = Float32Array.from({ length: rows * dims }, (_, i) => (i % 1999) / 1999);
    const parts = Array.from(vectorsNpy({ rows, dims, unitRows, norms: new Float32Array(rows).fill(2) }));
    expect(parts.length).toBeGreaterThan(2);
    const { values } = readNpy(parts);
    expect(values.findIndex((value, i) => value !== unitRows[i]! * 2)).toBe(-1);
  });

  it('writes an empty matrix of rows without any vector', () => {
    const read = readNpy(
      Array.from(vectorsNpy({ rows: 3, dims: 0, unitRows: new Float32Array(0), norms: new Float32Array(3) })),
    );
    expect([read.rows, read.dims, read.values.length]).toEqual([3, 0, 0]);
  });

  it('refuses arrays that do not fit', () => {
    const request = { rows: 2, dims: 2, unitRows: new Float32Array(3), norms: new Float32Array(2) };
    expect(() => Array.from(vectorsNpy(request))).toThrow(RangeError);
  });
});
