import { TableError } from './table';

/** Below the longest string of every engine (Chromium's is about 537 million UTF-16 units). */
const largestFileBytes = 500_000_000;
const sampleBytes = 65_536;

/** Text of a file and the name of the encoding it was read as; the remark says what was assumed, if anything. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
  readonly remark: string | null;
}

/**
 * Decodes a file: a byte order mark decides; without one UTF-16 is told by where its zero bytes stand, then UTF-8 if it
 * is valid, and Windows-1252, which every byte sequence is, last. The mark itself is not part of the text.
 * `bytes` must not be a view on shared memory. Throws TableError for a file too large for one string.
 */
export function decodeBytes(bytes: Uint8Array): DecodedText {
  if (bytes.length > largestFileBytes) {
    const megabytes = Math.round(bytes.length / 1e6).toLocaleString('en');
    throw new TableError(
      `This file is too large to read at once: ${megabytes} MB, and the most is 500 MB. Split it into smaller files.`,
    );
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const text = decodeStrictly(bytes.subarray(3), 'utf-8');
    if (text !== null) return { text, encoding: 'UTF-8', remark: null };
    return {
      text: new TextDecoder('utf-8').decode(bytes),
      encoding: 'UTF-8',
      remark: 'Some bytes are not valid UTF-8 and were replaced by the character \uFFFD.',
    };
  }
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  if (marked !== null) {
    const text = decodeUtf16(bytes.subarray(2), marked);
    return { text, encoding: marked.toUpperCase(), remark: null };
  }
  const utf8 = decodeStrictly(bytes, 'utf-8');
  const unmarked = guessUtf16(bytes, utf8 !== null);
  if (unmarked !== null) return unmarked;
  if (utf8 !== null) return { text: utf8, encoding: 'UTF-8', remark: null };
  return {
    text: decodeWindows1252(bytes),
    encoding: 'Windows-1252',
    remark:
      'Read as Windows-1252, because it is not valid UTF-8. If letters look wrong, save the file as UTF-8.',
  };
}

function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Where Windows-1252 differs from Latin-1: 0x80 to 0x9F, of which five stay control characters. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Some versions of Node decode `windows-1252` as Latin-1; where the engine does it right nothing is left to replace. */
function decodeWindows1252(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252')
    .decode(bytes)
    .replaceAll(/[\u0080-\u009f]/g, (unit) => windows1252[unit.charCodeAt(0) - 0x80] ?? unit);
}

/** Unit by unit, so that lone surrogates survive, which TextDecoder would replace. An odd last byte is dropped. */
function decodeUtf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): string {
  const strict = decodeStrictly(bytes, label);
  if (strict !== null) return strict;
  const units = bytes.length >> 1;
  const low = label === 'utf-16le' ? 0 : 1;
  const parts: string[] = [];
  for (let start = 0; start < units; start += 8192) {
    const chunk: number[] = [];
    for (let i = start; i < Math.min(units, start + 8192); i++) {
      chunk.push(bytes[2 * i + low]! | (bytes[2 * i + 1 - low]! << 8));
    }
    parts.push(String.fromCharCode(...chunk));
  }
  return parts.join('');
}

/**
 * UTF-16 without a mark has zero bytes on one side of its units only: everywhere in Latin text, at least at spaces and
 * line ends in other scripts. Bytes that are valid UTF-8 as well need many of them to be believed.
 */
function guessUtf16(bytes: Uint8Array, validUtf8: boolean): DecodedText | null {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return null;
  const sampled = Math.min(bytes.length, sampleBytes);
  const zeros = [0, 0];
  for (let i = 0; i < sampled; i++) if (bytes[i] === 0) zeros[i & 1]!++;
  const [even, odd] = zeros as [number, number];
  const orders = [
    { label: 'utf-16le', highZeros: odd },
    { label: 'utf-16be', highZeros: even },
  ] as const;
  for (const { label, highZeros } of even > odd ? orders.toReversed() : orders) {
    const share = highZeros / (sampled / 2);
    if (share === 0 || (validUtf8 && share < 0.2)) continue;
    const text = decodeStrictly(bytes, label);
    if (text === null || hasControls(text)) continue;
    const encoding = label.toUpperCase();
    return {
      text,
      encoding,
      remark: `Read as ${encoding}, although the file does not say so at its start.`,
    };
  }
  return null;
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\uffff]/.test(text);
}
