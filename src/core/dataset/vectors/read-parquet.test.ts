import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
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

type Encoding =
  | 'PLAIN'
  | 'RLE_DICTIONARY'
  | 'DELTA_BINARY_PACKED'
  | 'DELTA_BYTE_ARRAY'
  | 'DELTA_LENGTH_BYTE_ARRAY';

/** A file of one column without nulls, and where the bytes of its first data page lie. */
function onePage(data: unknown[], type: 'INT32' | 'INT64' | 'STRING', encoding?: Encoding) {
  const column = { name: 'a', data, type, nullable: false, statistics: false, offsetIndex: false };
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [{ ...column, ...(encoding !== undefined && { encoding }) }],
      codec: 'UNCOMPRESSED',
    }),
  );
  const { data_page_offset: offset } = parquetMetadata(bytes.buffer).row_groups[0]!.columns[0]!.meta_data!;
  const reader = { view: new DataView(bytes.buffer, Number(offset)), offset: 0 };
  const header = parquetHeader(reader);
  const from = Number(offset) + reader.offset;
  return { bytes, from, until: from + header.compressed_page_size };
}

const varint = (value: number) => {
  const bytes: number[] = [];
  for (let rest = value >>> 0; ; rest >>>= 7) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest & 127) | 128);
  }
};

it('counts in a page that go backwards or beyond the values, which a decoder would follow without end, are refused', async () => {
  const numbers = Array.from({ length: 400 }, (_, row) => (row * row) % 1009);
  const words = Array.from({ length: 400 }, (_, row) => ['sea', 'land', 'air'][row % 3]!);
  const bits = (value: number) => [2, ...varint(value)];
  const cases: [string, ReturnType<typeof onePage>, number[], RegExp][] = [
    // Blocks of −32 values: each goes back to where it began.
    [
      'delta',
      onePage(numbers, 'INT32', 'DELTA_BINARY_PACKED'),
      [...varint(-32), 4, 0, 0, 0, 2, 1, 1, 1],
      /blocks/,
    ],
    ['no miniblocks', onePage(numbers, 'INT32', 'DELTA_BINARY_PACKED'), [...varint(128), 0], /blocks/],
    ['packed, −8 of no width', onePage(words, 'STRING'), [0, ...varint(-1)], /runs/],
    ['packed, 2^28', onePage(words, 'STRING'), bits(((1 << 25) << 1) | 1), /runs/],
    ['run of 2^31 − 1', onePage(words, 'STRING'), bits(-2), /runs/],
    ['width', onePage(words, 'STRING'), [200, 3], /widths/],
  ];
  for (const [name, { bytes, from, until }, damage, reason] of cases) {
    expect(await readParquet(file(bytes.buffer), quiet), name).toBeDefined();
    expect(from + damage.length, name).toBeLessThan(until);
    bytes.set(damage, from);
    await expect(readParquet(file(bytes.buffer), quiet), name).rejects.toThrow(reason);
  }
});

it('whatever stands in its pages, they are read or refused, and no one waits', async () => {
  const text = fc.constantFrom('sea', 'seaside', 'seagull', 'land', '');
  const pages = fc.oneof(
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 300 })
      .chain((data) =>
        fc.constantFrom(onePage(data, 'INT32', 'DELTA_BINARY_PACKED'), onePage(data, 'INT32')),
      ),
    fc
      .array(text, { minLength: 1, maxLength: 300 })
      .chain((data) =>
        fc.constantFrom(
          ...[undefined, 'DELTA_BYTE_ARRAY', 'DELTA_LENGTH_BYTE_ARRAY', 'PLAIN'].map((encoding) =>
            onePage(data, 'STRING', encoding as Encoding | undefined),
          ),
        ),
      ),
  );
  const byte = fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      pages,
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
          fc.array(byte, { minLength: 1, maxLength: 6 }),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      async ({ bytes, from, until }, changes) => {
        for (const [place, values] of changes) {
          const at = from + Math.floor(place * (until - from));
          bytes.set(values.slice(0, until - at), at);
        }
        try {
          await readParquet(file(bytes.buffer), quiet, 1e9);
        } catch (error) {
          expect((error as Error).name).toBe('TableError');
        }
      },
    ),
    { seed: 20261126, numRuns: 300 },
  );
});
