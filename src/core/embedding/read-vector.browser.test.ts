import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { readVector } from './read-vector';

const native = (Uint8Array as { fromBase64?: unknown }).fromBase64;

afterEach(() => {
  Object.assign(Uint8Array, { fromBase64: native });
});

function base64Of(numbers: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, i) => {
    view.setFloat32(i * 4, number, true);
  });
  return btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
}

function read(embedding: string): Float32Array | string {
  return readVector(embedding, { notes: new Set(), cutTo: null, askedEncoding: 'base64' });
}

test('this browser decodes base64 itself, so that both ways are tried here', () => {
  expect(native).toBeTypeOf('function');
});

describe.each([
  ['by the engine', native],
  ['by way of a string', undefined],
])('base64 decoded %s', (_, fromBase64) => {
  test('gives the numbers that went in, in both alphabets, padded or not', () => {
    Object.assign(Uint8Array, { fromBase64 });
    const numbers = fc.array(
      fc.float({ noNaN: true, noDefaultInfinity: true, min: 2 ** -60, max: 2 ** 60 }),
      {
        minLength: 1,
        maxLength: 70,
      },
    );
    fc.assert(
      fc.property(numbers, fc.boolean(), fc.boolean(), (wanted, isUrl, isPadded) => {
        let text = base64Of(wanted);
        if (isUrl) text = text.replaceAll('+', '-').replaceAll('/', '_');
        if (!isPadded) text = text.replace(/=+$/, '');
        expect(read(text)).toEqual(Float32Array.from(wanted));
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  test.each(['not base64!', 'AAA', 'AAAAA', 'AACAPw==A'])('%s is no vector', (text) => {
    Object.assign(Uint8Array, { fromBase64 });
    expect(read(text)).toMatch(/cannot be decoded/);
  });
});
