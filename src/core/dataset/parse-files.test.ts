import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { npyHeader } from '@/core/export/npy-header';
import { parseFiles, type SourceFile } from './parse-files';
import { textsOf } from './text-column';

function file(name: string, content: string | Uint8Array | ArrayBuffer): SourceFile {
  const bytes = new Uint8Array(typeof content === 'string' ? Buffer.from(content) : content);
  return { name, byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end).buffer };
}

const parse = (...files: SourceFile[]) => parseFiles(files, undefined, async () => {});

const texts = ['The gull cries', 'A wave breaks', 'The pier is long'];
const values = Float32Array.from({ length: 12 }, (_, i) => Math.cos(i));
const npy = Buffer.concat([npyHeader({ rows: 3, dims: 4 }), new Uint8Array(values.buffer)]);
const vectors = (name: string) => ({ name, width: 4, values });
const rows = [0, 1, 2].map((row) => Array.from(values.subarray(4 * row, 4 * row + 4)));

it('an array joins the texts it is chosen with', async () => {
  const table = await parse(file('words.txt', texts.join('\n')), file('model.npy', npy));
  expect(table.vectors).toEqual([vectors('model')]);
  expect(table.guessedText).toBe(0);
  expect(textsOf(table.columns[0]!.cells)).toEqual(texts);
});

it('an array alone is vectors without texts', async () => {
  expect(await parse(file('model.npy', npy))).toMatchObject({ rowCount: 3, guessedText: null });
});

it('raw numbers are read as the file beside them says', async () => {
  const sidecar = file('a.json', '{"model": "org/name", "rows": 3, "dims": 4}');
  const raw = file('a.f32', new Uint8Array(values.buffer));
  expect((await parse(raw, sidecar)).vectors).toEqual([vectors('org/name')]);
  await expect(parse(raw)).rejects.toThrow(/a\.json/);
  await expect(parse(raw, file('a.json', '{"rows": 4, "dims": 4}'))).rejects.toThrow(
    /64 bytes; there are 48/,
  );
});

it('the two files of the Embedding Projector are one table', async () => {
  const wide = Array.from({ length: 3 }, (_, row) => Array.from({ length: 9 }, (_, i) => row + i / 16));
  const tensors = file('tensors.tsv', wide.map((row) => row.join('\t')).join('\n'));
  const metadata = file('metadata.tsv', `word\tkind\n${texts.map((text) => `${text}\tsea`).join('\n')}`);
  const table = await parse(tensors, metadata);
  expect(table.columns.map(({ name }) => name)).toEqual(['word', 'kind']);
  expect(table.vectors).toEqual([{ name: 'tensors', width: 9, values: Float32Array.from(wide.flat()) }]);
});

it('JSON lines with a vector field are texts and vectors', async () => {
  const lines = texts.map((text, row) => JSON.stringify({ text, vector: rows[row] }));
  const table = await parse(file('all.jsonl', lines.join('\n')));
  expect(table.columns.map(({ name }) => name)).toEqual(['text']);
  expect(table.vectors).toEqual([vectors('vector')]);
});

it('Parquet is read with its lists of numbers as vectors, over several row groups', async () => {
  const data = parquetWriteBuffer({
    columnData: [
      { name: 'text', data: texts },
      { name: 'year', data: [1990, 1991, 1992] },
      { name: 'a', data: rows },
      { name: 'b', data: [rows[2]!, null, rows[0]!] },
    ],
    schema: [
      { name: 'root', num_children: 4 },
      { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'year', type: 'INT32', repetition_type: 'OPTIONAL' },
      ...['a', 'b'].flatMap((name) => [
        { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 } as const,
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 } as const,
        { name: 'element', type: 'FLOAT', repetition_type: 'OPTIONAL' } as const,
      ]),
    ],
    rowGroupSize: 2,
  });
  const table = await parse(file('data.parquet', data));
  expect(table.rowCount).toBe(3);
  expect(table.columns.map(({ name }) => name)).toEqual(['text', 'year']);
  expect(textsOf(table.columns[1]!.cells)).toEqual(['1990', '1991', '1992']);
  const none = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  expect(table.vectors).toEqual([
    vectors('a'),
    { name: 'b', width: 4, values: Float32Array.from([...rows[2]!, ...none, ...rows[0]!]) },
  ]);
});

it('refuses files whose rows do not go together, with both numbers', async () => {
  await expect(parse(file('two.txt', 'a\nb'), file('model.npy', npy))).rejects.toThrow(
    /two\.txt has 2 rows, model\.npy has 3 rows/,
  );
  await expect(parse(file('a.txt', 'a\nb'), file('b.txt', 'c\nd'))).rejects.toThrow(/both hold texts/);
});

it('names the file that is bad among several', async () => {
  await expect(parse(file('a.txt', 'a\nb\nc'), file('m.npy', npy.subarray(0, 130)))).rejects.toThrow(
    /^m\.npy: .*cut off/,
  );
  await expect(parse(file('x.parquet', 'PAR1 and then nothing'))).rejects.toThrow(/Parquet/);
});
