import type { AsyncBuffer, ColumnChunk, SchemaTree } from 'hyparquet';
import { assembleNested } from 'hyparquet/src/assemble.js';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { compressors } from 'hyparquet-compressors';
import { type PageDecoder, type PlainPage, unpackPage } from './unpack-page';

/** Bytes fetched at once; a page is usually 1 MB. */
const windowBytes = 4 << 20;
/** No writer makes pages like this; a damaged header may promise them. */
const mostPageBytes = 1 << 30;
/** Beyond this engines hold an array in a way that takes minutes to fill. */
const mostPageValues = 1 << 25;

/** Rows of a column in the order of the file, and the bytes of the file that they took. */
interface PageOfRows {
  readonly rows: ArrayLike<unknown>;
  readonly bytes: number;
}

/** The branch from the root to the only leaf of a top-level column; null for structs, maps and variants, which have several. */
export function onlyLeaf(root: SchemaTree, column: SchemaTree): SchemaTree[] | null {
  const path = [root, column];
  for (let node = column; node.children.length > 0; node = path.at(-1)!) {
    const [only, second] = node.children;
    if (only === undefined || second !== undefined) return null;
    path.push(only);
  }
  return path;
}

/** Where the bytes of a column chunk lie. Throws Error for a chunk that is in another file, or not described. */
export function bytesOf({ meta_data, file_path }: ColumnChunk): { start: number; end: number } {
  if (file_path !== undefined) throw new Error('it is spread over several files');
  if (meta_data === undefined) throw new Error('it is not described');
  const start = Number(meta_data.dictionary_page_offset || meta_data.data_page_offset);
  return { start, end: start + Number(meta_data.total_compressed_size) };
}

/**
 * The rows of a column chunk, page by page: neither its bytes nor its values are ever held as a whole. Rows of lists that go on in the
 * next page come with that. Throws Error for what is damaged.
 * @param branch from the root of the schema to the column's only leaf
 */
export async function* readPages(
  file: AsyncBuffer,
  chunk: ColumnChunk,
  branch: readonly SchemaTree[],
): AsyncGenerator<PageOfRows, void> {
  const meta = chunk.meta_data!;
  const column = branch[1]!;
  const schemaPath = [...branch];
  const isList = schemaPath.some(({ element }) => element.repetition_type === 'REPEATED');
  const leafPath = meta.path_in_schema.join('.');
  const lift = (rows: ArrayLike<unknown>): ArrayLike<unknown> => {
    if (column.children.length === 0 || rows.length === 0) return rows;
    const parts = new Map([[leafPath, rows as unknown[]]]);
    assembleNested(parts, column, DEFAULT_PARSERS);
    return parts.get(column.element.name) ?? [];
  };

  let dictionary: Parameters<typeof readPage>[3];
  let open: unknown[] | undefined;
  for await (const { reader, header, decoder, size } of plainPages(file, chunk, schemaPath)) {
    if (header.type === 'DICTIONARY_PAGE') {
      const { data } = readPage(reader, header, decoder, dictionary, undefined, 0);
      if (data !== undefined) dictionary = convert(data, decoder);
      yield { rows: [], bytes: size };
    } else {
      const { data = [] } = readPage(reader, header, decoder, dictionary, open, 0);
      if (isList) {
        const rows = data as unknown[];
        // The last row may go on in the next page.
        open = rows.slice(-1);
        yield { rows: lift(rows.slice(0, -1)), bytes: size };
      } else yield { rows: lift(data), bytes: size };
    }
  }
  if (open !== undefined) yield { rows: lift(open), bytes: 0 };
}

/** Looks through the pages of a chunk that is going to be read as a whole. Throws Error for what must not be decoded. */
export async function checkPages(
  file: AsyncBuffer,
  chunk: ColumnChunk,
  schemaPath: SchemaTree[],
): Promise<void> {
  for await (const _ of plainPages(file, chunk, schemaPath));
}

async function* plainPages(
  file: AsyncBuffer,
  chunk: ColumnChunk,
  schemaPath: SchemaTree[],
): AsyncGenerator<PlainPage & { readonly size: number }, void> {
  const { start, end } = bytesOf(chunk);
  const meta = chunk.meta_data!;
  const decoder: PageDecoder = {
    ...meta,
    pathInSchema: meta.path_in_schema,
    element: schemaPath.at(-1)!.element,
    schemaPath,
    parsers: DEFAULT_PARSERS,
    compressors,
  };
  const bytes = new Window(file, end, Number(meta.num_values));
  for (let at = start; at < end - 1; ) {
    const { header, view, headerBytes } = await bytes.pageAt(at);
    const size = headerBytes + header.compressed_page_size;
    yield { ...unpackPage(view, headerBytes, header, decoder), size };
    at += size;
  }
}

/** A part of the file that moves on with the pages. */
class Window {
  #start = 0;
  #bytes = new Uint8Array();

  constructor(
    private readonly file: AsyncBuffer,
    private readonly end: number,
    private readonly mostValues: number,
  ) {}

  async pageAt(at: number) {
    for (let wanted = windowBytes; ; wanted *= 4) {
      const view = await this.#viewAt(at, wanted > windowBytes ? wanted : 1);
      const reader = { view, offset: 0 };
      let header: ReturnType<typeof parquetHeader>;
      try {
        header = parquetHeader(reader);
      } catch (error) {
        // Cut off by the window's end, unless that is the column's own.
        if (at + view.byteLength >= this.end) throw error;
        continue;
      }
      const size = header.compressed_page_size;
      const isSane = size >= 0 && at + reader.offset + size <= this.end;
      const { data_page_header: v1, data_page_header_v2: v2 } = header;
      const values = Math.max(v1?.num_values ?? 0, v2?.num_values ?? 0);
      if (!(values >= 0 && values <= this.mostValues))
        throw new Error('the counts of its pages are not right');
      if (values > mostPageValues)
        throw new Error(
          `a page of it holds more than ${mostPageValues.toLocaleString('en')} values; write it with smaller pages`,
        );
      if (!isSane || !(header.uncompressed_page_size <= mostPageBytes))
        throw new Error('the sizes of its pages are not right');
      const headerBytes = reader.offset;
      return { header, headerBytes, view: await this.#viewAt(at, headerBytes + size) };
    }
  }

  /** At least `count` bytes from there on, or all there are. */
  async #viewAt(at: number, count: number): Promise<DataView<ArrayBuffer>> {
    const until = Math.min(this.end, at + count);
    if (at < this.#start || until > this.#start + this.#bytes.length) {
      const stop = Math.min(this.end, Math.max(until, at + windowBytes));
      this.#bytes = new Uint8Array(await this.file.slice(at, stop));
      this.#start = at;
      if (this.#bytes.length < stop - at) throw new Error('the file ends before it does');
    }
    const offset = at - this.#start;
    return new DataView(this.#bytes.buffer, offset, this.#bytes.length - offset);
  }
}
