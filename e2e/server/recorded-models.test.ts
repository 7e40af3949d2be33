import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadRecordedModels } from './recorded-models';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'recorded-models-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(directory, name), content);
}

function writeModel(
  file: string,
  model: string,
  dims: number,
  values: readonly number[],
  rows = values.length / dims,
) {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeFloatLE(value, i * 4);
  });
  write(`${file}.f32`, bytes);
  write(`${file}.json`, JSON.stringify({ model, rows, dims, dtype: 'float32' }));
}

it('reads several models over one texts.jsonl', () => {
  writeModel('a', 'org/a', 2, [1, 2, 3, 4.5]);
  writeModel('b', 'org/b (cut)', 3, [1, 0, 0, 0, 1, -0.25]);
  write('texts.jsonl', '{"text":"one\\nline"}\n{"id":7,"text":"ÄÖ 日本"}\n');
  const [a, b] = loadRecordedModels(directory);
  expect([a?.id, a?.dimensions, a?.rows]).toEqual(['org/a', 2, 2]);
  expect(a?.find('one\nline')).toEqual(Float32Array.of(1, 2));
  expect(b?.id).toBe('org/b (cut)');
  expect(b?.find('ÄÖ 日本')).toEqual(Float32Array.of(0, 1, -0.25));
  expect(b?.find('another')).toBeUndefined();
});

it('reads texts.tsv by the column text, takes quotes as they are, and keeps the first of equal texts', () => {
  writeModel('m', 'org/m', 1, [10, 20, 30]);
  write('texts.tsv', '\uFEFFid\ttext\r\n0\t"so" she said\r\n1\ttwice\r\n2\ttwice\r\n');
  const [model] = loadRecordedModels(directory);
  expect(model?.find('"so" she said')).toEqual(Float32Array.of(10));
  expect(model?.find('twice')).toEqual(Float32Array.of(20));
});

it('falls back to the first column', () => {
  writeModel('m', 'org/m', 1, [10, 20]);
  write('texts.tsv', 'word\tmeaning\nsea\twater\nsky\tair\n');
  expect(loadRecordedModels(directory)[0]?.find('sky')).toEqual(Float32Array.of(20));
});

it.each([
  ['no recording', () => write('texts.jsonl', '{"text":"a"}\n'), /holds no \.f32/],
  ['no texts', () => writeModel('m', 'org/m', 1, [1]), /neither texts\.jsonl nor texts\.tsv/],
  [
    'more rows than texts',
    () => {
      writeModel('m', 'org/m', 1, [1, 2]);
      write('texts.jsonl', '{"text":"a"}\n');
    },
    /2 rows, but there are 1 texts/,
  ],
  [
    'a file shorter than its sidecar says',
    () => {
      writeModel('m', 'org/m', 2, [1, 2], 2);
      write('texts.jsonl', '{"text":"a"}\n{"text":"b"}\n');
    },
    /has 2 numbers; its sidecar says 2 × 2/,
  ],
  [
    'a line without text',
    () => {
      writeModel('m', 'org/m', 1, [1]);
      write('texts.jsonl', '{"title":"a"}\n');
    },
    /Line 1 .* no text field/,
  ],
  [
    'two recordings of one model',
    () => {
      writeModel('a', 'org/m', 1, [1]);
      writeModel('b', 'org/m', 1, [1]);
      write('texts.jsonl', '{"text":"a"}\n');
    },
    /name the same model/,
  ],
])('refuses %s', (_case, prepare, message) => {
  prepare();
  expect(() => loadRecordedModels(directory)).toThrow(message);
});
