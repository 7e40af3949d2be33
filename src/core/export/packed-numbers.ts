const kinds = { i8: Int8Array, u16: Uint16Array, i16: Int16Array, i32: Int32Array } as const;

type Kind = keyof typeof kinds;

/** Whole numbers as base64 of their little-endian bytes. */
export interface PackedNumbers {
  readonly kind: Kind;
  readonly base64: string;
}

const bytesAPart = 0x8000;

/** Packs numbers into text, two characters for three bytes and a half at most. The array is only read. */
export function packNumbers(values: Int8Array | Uint16Array | Int16Array | Int32Array): PackedNumbers {
  const kind = (Object.keys(kinds) as Kind[]).find((name) => values instanceof kinds[name])!;
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  const size = values.BYTES_PER_ELEMENT;
  values.forEach((value, i) => {
    if (size === 1) view.setInt8(i, value);
    else if (size === 2) view.setInt16(2 * i, value, true);
    else view.setInt32(4 * i, value, true);
  });
  let binary = '';
  for (let from = 0; from < bytes.length; from += bytesAPart)
    binary += String.fromCharCode(...bytes.subarray(from, from + bytesAPart));
  return { kind, base64: btoa(binary) };
}

/** The numbers, in an array of their own. Throws RangeError where the bytes are no whole number of them. */
export function unpackNumbers({ kind, base64 }: PackedNumbers): Int32Array<ArrayBuffer> {
  const binary = atob(base64);
  const size = kinds[kind].BYTES_PER_ELEMENT;
  if (binary.length % size !== 0) throw new RangeError('Packed numbers were cut off.');
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: bytes.length / size }, (_, i) => {
    if (kind === 'i8') return view.getInt8(i);
    if (kind === 'u16') return view.getUint16(2 * i, true);
    if (kind === 'i16') return view.getInt16(2 * i, true);
    return view.getInt32(4 * i, true);
  });
}

/** Whole numbers from −1 on in the shortest kind that holds them all. */
export function packIndices(values: Int32Array): PackedNumbers {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return packNumbers(most < 2 ** 15 ? Int16Array.from(values) : values);
}
