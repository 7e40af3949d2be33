import type { readPage } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { readVarInt } from 'hyparquet/src/thrift.js';

type PageReader = Parameters<typeof readPage>[0];
type PageHeader = Parameters<typeof readPage>[1];
export type PageDecoder = Parameters<typeof readPage>[2];

/** A page whose bytes are no longer compressed, with the header and the decoder that go with them. */
export interface PlainPage {
  readonly reader: PageReader;
  readonly header: PageHeader;
  readonly decoder: PageDecoder;
}

/** Values that a writer may leave behind the last one, to fill a group. */
const mostPadding = 1024;
const mostBlockValues = 1 << 24;
const mostMiniblocks = 1 << 12;
const mostTextBytes = 1 << 30;

/**
 * Decompresses a page and looks at the counts in it before it is decoded: hyparquet follows runs and blocks whose counts are damaged
 * without end, or until there is no memory left. Throws Error for a page that must not be decoded.
 * @param view begins with the page's header
 */
export function unpackPage(
  view: DataView<ArrayBuffer>,
  headerBytes: number,
  header: PageHeader,
  decoder: PageDecoder,
): PlainPage {
  const packed = new Uint8Array(view.buffer, view.byteOffset + headerBytes, header.compressed_page_size);
  const isV2 = header.type === 'DATA_PAGE_V2';
  const bytes = isV2
    ? joinV2(packed, header, decoder)
    : decompressPage(packed, header.uncompressed_page_size, decoder.codec, decoder.compressors);
  if (isV2) checkV2(bytes, header, decoder);
  else if (header.type === 'DATA_PAGE') checkV1(bytes, header, decoder);
  return {
    reader: readerOf(bytes),
    header: { ...header, compressed_page_size: bytes.length, uncompressed_page_size: bytes.length },
    decoder: { ...decoder, codec: 'UNCOMPRESSED' },
  };
}

function wrong(what: string): Error {
  return new Error(`the ${what} of its pages are not right`);
}

function readerOf(bytes: Uint8Array): PageReader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

/** In pages of the second kind only what follows the levels is compressed. */
function joinV2(packed: Uint8Array, header: PageHeader, { codec, compressors }: PageDecoder): Uint8Array {
  const about = header.data_page_header_v2;
  if (about === undefined) throw wrong('headers');
  const { repetition_levels_byte_length: repeated, definition_levels_byte_length: defined } = about;
  const levels = repeated + defined;
  if (!(repeated >= 0 && defined >= 0 && levels <= packed.length)) throw wrong('levels');
  if (about.is_compressed === false) return packed;
  const size = header.uncompressed_page_size - levels;
  if (size < 0) throw wrong('sizes');
  const values = decompressPage(packed.subarray(levels), size, codec, compressors);
  const joined = new Uint8Array(levels + size);
  joined.set(packed.subarray(0, levels));
  joined.set(values, levels);
  return joined;
}

function checkV1(bytes: Uint8Array, header: PageHeader, decoder: PageDecoder): void {
  const about = header.data_page_header;
  if (about === undefined) throw wrong('headers');
  const { num_values: count, encoding } = about;
  const reader = readerOf(bytes);
  const repetition = getMaxRepetitionLevel(decoder.schemaPath);
  if (repetition > 0) checkSizedRuns(reader, bitsOf(repetition), count);
  const definition = getMaxDefinitionLevel(decoder.schemaPath);
  const levelsAt = reader.offset;
  if (definition > 0) checkSizedRuns(reader, bitsOf(definition), count);
  checkValues(reader, encoding, decoder, count, () => {
    if (definition === 0) return count;
    const levels = new Uint8Array(count);
    readRleBitPackedHybrid({ view: reader.view, offset: levelsAt }, bitsOf(definition), levels);
    return levels.reduce((sum, level) => sum + (level === definition ? 1 : 0), 0);
  });
}

function checkV2(bytes: Uint8Array, header: PageHeader, decoder: PageDecoder): void {
  const about = header.data_page_header_v2!;
  const { num_values: count, num_nulls: nulls, encoding } = about;
  if (!(nulls >= 0 && nulls <= count)) throw wrong('counts');
  const reader = readerOf(bytes);
  const repetition = getMaxRepetitionLevel(decoder.schemaPath);
  if (repetition > 0) checkRuns(reader, bitsOf(repetition), count, about.repetition_levels_byte_length);
  reader.offset = about.repetition_levels_byte_length;
  const definition = getMaxDefinitionLevel(decoder.schemaPath);
  if (definition > 0) checkRuns(reader, bitsOf(definition), count, about.definition_levels_byte_length);
  reader.offset = about.repetition_levels_byte_length + about.definition_levels_byte_length;
  checkValues(reader, encoding, decoder, count - nulls, () => count - nulls);
}

/** Least bits that hold a number. */
function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}

/**
 * The values of a page, from the reader on.
 * @param most no more values than this are in it
 * @param exact how many there are
 */
function checkValues(
  reader: PageReader,
  encoding: string,
  { type }: PageDecoder,
  most: number,
  exact: () => number,
): void {
  const rest = reader.view.byteLength - reader.offset;
  if (encoding === 'RLE') checkSizedRuns(reader, 1, most);
  else if (encoding.endsWith('_DICTIONARY')) {
    if (most === 0) return;
    const width = reader.view.getUint8(reader.offset++);
    if (width > 32) throw wrong('widths');
    checkRuns(reader, width, most, rest - 1);
  } else if (encoding.startsWith('DELTA_')) {
    const count = exact();
    if (count === 0) return;
    checkBlocks(reader);
    if (encoding === 'DELTA_BYTE_ARRAY' && type !== 'INT32') checkPrefixes(reader, count);
  }
}

/** Runs that begin with their own length in bytes; the reader moves behind them. */
function checkSizedRuns(reader: PageReader, width: number, count: number): void {
  const length = reader.view.getUint32(reader.offset, true);
  reader.offset += 4;
  const start = reader.offset;
  if (start + length > reader.view.byteLength) throw wrong('levels');
  checkRuns(reader, width, count, length);
  reader.offset = start + length;
}

/**
 * Runs of the hybrid of run lengths and packed bits (github.com/apache/parquet-format, Encodings.md), counts read as hyparquet reads
 * them: none goes backwards or beyond the values there are. A reader may be left anywhere.
 */
function checkRuns(reader: PageReader, width: number, count: number, length: number): void {
  const end = reader.offset + length;
  for (let seen = 0; seen < count && reader.offset < end; ) {
    const head = readVarInt(reader);
    const isPacked = (head & 1) === 1;
    const run = isPacked ? (head >> 1) << 3 : head >>> 1;
    if (!(run >= 0 && run <= count - seen + (isPacked ? mostPadding : 0))) throw wrong('runs');
    reader.offset += isPacked ? (run / 8) * width : (width + 7) >> 3;
    seen += run;
  }
}

/** The head of delta blocks. The reader stays where it is. */
function checkBlocks({ view, offset }: PageReader): void {
  const reader = { view, offset };
  const values = readVarInt(reader);
  const miniblocks = readVarInt(reader);
  const isRight =
    values > 0 &&
    values <= mostBlockValues &&
    miniblocks > 0 &&
    miniblocks <= mostMiniblocks &&
    values % miniblocks === 0;
  if (!isRight) throw wrong('blocks');
}

/** Texts that begin like the one before: lengths of what is shared and of what is new. */
function checkPrefixes(reader: PageReader, count: number): void {
  const [prefixes, suffixes] = [new Int32Array(count), new Int32Array(count)];
  deltaBinaryUnpack(reader, count, prefixes);
  checkBlocks(reader);
  deltaBinaryUnpack(reader, count, suffixes);
  let before = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const [prefix, suffix] = [prefixes[i]!, suffixes[i]!];
    total += prefix + suffix;
    if (!(prefix >= 0 && prefix <= before && suffix >= 0 && total <= mostTextBytes)) throw wrong('lengths');
    before = prefix + suffix;
  }
}
