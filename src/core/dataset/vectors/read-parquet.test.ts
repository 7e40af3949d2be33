import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { readParquet } from './read-parquet';

const file = (bytes: ArrayBuffer, onSlice = (_: number) => {}) => ({
  byteLength: bytes.byteLength,
  slice: async (start: number, end?: number) => {
    const part = bytes.slice(start, end);
    onSlice(part.byteLength);
    return part;
  },
});
const quiet = async () => {};

const list = (name: string, type: 'FLOAT' | 'DOUBLE') =>
  [
    { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type, repetition_type: 'OPTIONAL' },
  ] as const;
const schema = [
  { name: 'root', num_children: 5 },
  { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'year', type: 'INT32', repetition_type: 'OPTIONAL' },
  ...list('wide', 'FLOAT'),
  ...list('precise', 'DOUBLE'),
  { name: 'about', repetition_type: 'OPTIONAL', num_children: 2 },
  { name: 'a', type: 'INT32', repetition_type: 'OPTIONAL' },
  { name: 'b', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
] as const;

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const record = fc.record({
  text: fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('sea', 'sea', 'land'))),
  year: fc.option(fc.integer({ min: -5, max: 2030 })),
  wide: fc.option(fc.array(float, { minLength: 4, maxLength: 4 })),
  precise: fc.option(fc.array(float, { minLength: 2, maxLength: 3 })),
  about: fc.option(fc.record({ a: fc.option(fc.nat(9)), b: fc.constant('x') })),
});

it('page by page it reads what hyparquet reads at once, whatever the pages and row groups', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(16, 64, 400, 1 << 20),
      async (records, rowGroupSize, pageSize) => {
        const names = ['text', 'year', 'wide', 'precise', 'about'] as const;
        const bytes = parquetWriteBuffer({
          columnData: names.map((name) => ({ name, data: records.map((entry) => entry[name]) })),
          schema: [...schema],
          rowGroupSize,
          pageSize,
        });
        const expected = await parquetReadObjects({ file: bytes });
        let last = -1;
        const read = await readParquet(file(bytes), async ({ done, total }) => {
          expect(done).toBeGreaterThanOrEqual(last);
          expect(total).toBe(records.length);
          last = done;
        });
        const cells = Object.fromEntries(read.columns.map((column) => [column.name, column.cells]));
        const plain = (value: unknown) => (value === null || value === undefined ? '' : String(value));
        expect(cells.text).toEqual(expected.map(({ text }) => plain(text)));
        expect(cells.year).toEqual(expected.map(({ year }) => plain(year)));
        expect(cells.about?.map((cell) => (cell === '' ? null : JSON.parse(cell)))).toEqual(
          expected.map(({ about }) => about ?? null),
        );
        const found = read.vectors.find(({ name }) => name === 'wide');
        const vectors = expected.map(({ wide }) => wide ?? null);
        if (vectors.every((vector) => vector === null)) expect(found).toBeUndefined();
        else
          expect(
            Array.from({ length: records.length }, (_, row) =>
              Array.from(found!.values.subarray(4 * row, 4 * row + 4)),
            ),
          ).toEqual(vectors.map((vector) => vector ?? [Number.NaN, Number.NaN, Number.NaN, Number.NaN]));
      },
    ),
    { seed: 20261125, numRuns: 60 },
  );
});

const width = 128;
const rowCount = 12_000;
const large = () =>
  parquetWriteBuffer({
    columnData: [
      {
        name: 'wide',
        data: Array.from({ length: rowCount }, (_, row) =>
          Array.from({ length: width }, (_, i) => (row % 500) + i),
        ),
        statistics: false,
        encoding: 'PLAIN',
      },
    ],
    schema: [{ name: 'root', num_children: 1 }, ...list('wide', 'FLOAT')],
    codec: 'UNCOMPRESSED',
    rowGroupSize: rowCount,
  });

it('of one large row group only a few megabytes are in hand at a time; it can be stopped, and is refused before it is read', async () => {
  const bytes = large();
  expect(bytes.byteLength).toBeGreaterThan(6e6);
  const slices: number[] = [];
  const source = file(bytes, (count) => slices.push(count));
  const read = await readParquet(source, quiet);
  expect(Math.max(...slices)).toBeLessThan(5e6);
  expect(read.vectors[0]!.values.at(-1)).toBe(((rowCount - 1) % 500) + width - 1);

  const asked: number[] = [];
  const stop = new Error('stopped');
  await expect(
    readParquet(
      file(bytes, (count) => asked.push(count)),
      async ({ done }) => {
        if (done > rowCount / 4) throw stop;
      },
    ),
  ).rejects.toBe(stop);
  expect(asked.reduce((sum, count) => sum + count)).toBeLessThan(0.85 * bytes.byteLength);

  slices.length = 0;
  await expect(readParquet(source, quiet, 5e6)).rejects.toThrow(/take 0\.0 GB of memory/);
  expect(slices.reduce((sum, count) => sum + count)).toBeLessThan(1e6);
});

it('whatever its description says, and wherever it ends, it is read or refused', async () => {
  const rows = [0, 1, 2, 3, 4, 5].map((row) => [row, 1.5, -2, 0.25]);
  const whole = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'text', data: ['sea', 'land', 'sea', 'sea', 'land', 'air'] },
        { name: 'wide', data: rows },
      ],
      schema: [{ name: 'root', num_children: 2 }, schema[1], ...list('wide', 'FLOAT')],
      rowGroupSize: 4,
    }),
  );
  const footer = whole.length - 8 - new DataView(whole.buffer).getUint32(whole.length - 8, true);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: footer, max: whole.length - 1 }), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(whole.length)),
      async (changes, cut) => {
        const bytes = whole.slice(0, cut ?? whole.length);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          await readParquet(file(bytes.buffer), quiet, 1e9);
        } catch (error) {
          expect((error as Error).name).toBe('TableError');
        }
      },
    ),
    { seed: 9, numRuns: 200 },
  );
});
