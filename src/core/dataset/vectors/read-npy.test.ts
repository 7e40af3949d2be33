import fc from 'fast-check';
import { expect, it } from 'vitest';
import { npyHeader } from '@/core/export/npy-header';
import { halfToNumber, readNpy } from './read-npy';

const numbers = [1.5, -2, 0.25, 1e-3, 65504, 3];

/** A file as NumPy 2.4 writes it: its header padded with spaces to 128 bytes, then the numbers (hex, from NumPy too). */
function numpyFile(type: string, isFortran: boolean, shape: string, hex: string, version = 1): Uint8Array {
  const order = isFortran ? 'True' : 'False';
  const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${shape}), }`;
  const lengthBytes = version === 1 ? 2 : 4;
  const text = `${header.padEnd(128 - 8 - lengthBytes - 1)}\n`;
  const preamble = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, text.length, 0];
  if (version > 1) preamble.push(0, 0);
  return Buffer.concat([Buffer.from(preamble), Buffer.from(text, 'latin1'), Buffer.from(hex, 'hex')]);
}

it.each([
  ['<f2', false, '003e00c0003419 14ff7b0042'],
  ['<f4', false, '0000c03f000000c00000803e6f12833a00e07f4700004040'],
  ['<f4', true, '0000c03f6f12833a000000c000e07f470000803e00004040'],
  [
    '<f8',
    true,
    '000000000000f83ffca9f1d24d62503f00000000000000c000000000 00fcef40000000000000d03f0000000000000840',
  ],
  [
    '>f8',
    false,
    '3ff8000000000000c0000000000000003fd00000000000003f50624dd2f1a9fc40effc00000000004008000000000000',
  ],
])('reads %s as NumPy wrote it, Fortran order %s', (type, isFortran, hex) => {
  const table = readNpy(numpyFile(type, isFortran, '2, 3', hex.replaceAll(' ', '')));
  expect([table.rowCount, table.width]).toEqual([2, 3]);
  table.values.forEach((value, i) => {
    expect(Math.abs(value - numbers[i]!)).toBeLessThanOrEqual(5e-4 * Math.abs(numbers[i]!));
  });
});

it('reads format 2.0, and what the page itself exports', () => {
  const hex = '0000c03f000000c00000803e6f12833a00e07f4700004040';
  expect(Array.from(readNpy(numpyFile('<f4', false, '2, 3', hex, 2)).values)).toEqual(
    numbers.map(Math.fround),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }), (rows, dims) => {
      const values = Float32Array.from({ length: rows * dims }, (_, i) => Math.sin(i));
      const file = Buffer.concat([npyHeader({ rows, dims }), new Uint8Array(values.buffer)]);
      expect(readNpy(file)).toEqual({ rowCount: rows, width: dims, values });
    }),
    { seed: 8, numRuns: 50 },
  );
});

it('knows every half-precision number', () => {
  expect([0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x8000].map(halfToNumber)).toEqual([
    2 ** -24,
    2 ** -14 - 2 ** -24,
    2 ** -14,
    1,
    -2,
    65504,
    -0,
  ]);
  expect([halfToNumber(0x7c00), halfToNumber(0xfc00)]).toEqual([Infinity, -Infinity]);
  expect(halfToNumber(0x7e00)).toBeNaN();
});

it.each([
  ['a type of integers', numpyFile('<i4', false, '2, 3', '00'.repeat(24)), /type i4/],
  ['one dimension', numpyFile('<f4', false, '6,', '00'.repeat(24)), /shape \(6\)/],
  ['three dimensions', numpyFile('<f4', false, '1, 2, 3', '00'.repeat(24)), /shape \(1, 2, 3\)/],
  ['a cut file', numpyFile('<f4', false, '2, 3', '00'.repeat(20)), /cut off.*24 bytes, and 20/],
  ['a cut header', numpyFile('<f4', false, '2, 3', '').subarray(0, 90), /within its header/],
  ['too many numbers', numpyFile('<f4', false, '99999999, 4096', ''), /GB/],
  ['a structured type', numpyFile("[('a', '<f4')]", false, '2', ''), /plain array/],
])('refuses %s with the reason', (_, bytes, reason) => {
  expect(() => readNpy(bytes)).toThrow(reason);
});

it('no bytes make it do anything but read or refuse', () => {
  const file = numpyFile('<f4', false, '2, 3', '0000c03f000000c00000803e6f12833a00e07f4700004040');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(151), fc.nat(255)), { maxLength: 6 }), (changes) => {
      const bytes = Uint8Array.from(file);
      for (const [at, value] of changes) bytes[at] = value;
      try {
        expect(readNpy(bytes).values.length).toBeGreaterThan(0);
      } catch (error) {
        expect((error as Error).name).toBe('TableError');
      }
    }),
    { seed: 9, numRuns: 300 },
  );
});
