const bytesPerNumber = 4;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Engines from 2025 on decode base64 themselves, several times faster than by way of a string. */
interface Base64Reader {
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as Base64Reader;
  if (fromBase64 !== undefined) return fromBase64.call(Uint8Array, base64);
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Little-endian float32 in base64 (the plain or the URL alphabet), or null where it is neither. */
function decodeBase64(text: string): Float32Array | null {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = bytesOf(/[-_]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text);
  } catch {
    return null;
  }
  if (bytes.length % bytesPerNumber !== 0) return null;
  if (isLittleEndian) return new Float32Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  const vector = new Float32Array(bytes.length / bytesPerNumber);
  for (let i = 0; i < vector.length; i++) vector[i] = view.getFloat32(i * bytesPerNumber, true);
  return vector;
}

function numbersOf(list: readonly unknown[]): Float32Array {
  return Float32Array.from(list, (entry) => (typeof entry === 'number' ? entry : Number.NaN));
}

/** What was asked for, and where to write down what is unusual. */
export interface VectorReading {
  readonly notes: Set<string>;
  /** Longer vectors are cut to this length; null leaves them. */
  readonly cutTo: number | null;
  readonly askedEncoding: 'float' | 'base64';
}

/**
 * One vector of a reply: numbers, base64, or either inside one more list. Returns the vector, or the reason why it cannot
 * be used as a whole sentence; what was unusual but usable is added to `notes`.
 */
export function readVector(embedding: unknown, reading: VectorReading): Float32Array | string {
  const { notes, cutTo, askedEncoding } = reading;
  let sent = embedding;
  if (Array.isArray(sent) && (Array.isArray(sent[0]) || typeof sent[0] === 'string')) {
    if (sent.length !== 1) return 'The server sent several vectors for this text instead of one.';
    notes.add('The server wrapped each vector in one more list; it was unwrapped.');
    sent = sent[0];
  }
  let vector: Float32Array | null = null;
  if (typeof sent === 'string') {
    vector = decodeBase64(sent);
    if (vector === null) return 'The vector the server sent for this text cannot be decoded.';
    if (askedEncoding === 'float')
      notes.add('The server sent base64 although plain numbers were asked for; it was decoded.');
  } else if (Array.isArray(sent)) {
    vector = numbersOf(sent);
  }
  if (vector === null) return 'The server sent something else than a vector for this text.';
  if (vector.length === 0) return 'The server sent an empty vector for this text.';
  if (cutTo !== null && vector.length > cutTo) {
    notes.add(
      `The server sent vectors of length ${vector.length}; they were cut to ${cutTo} here, which keeps their meaning only where the model was trained for it.`,
    );
    vector = vector.slice(0, cutTo);
  }
  let squares = 0;
  for (const number of vector) squares += number * number;
  if (!Number.isFinite(squares)) {
    return 'The vector the server sent for this text contains values that are not numbers.';
  }
  return squares > 0 ? vector : 'The server sent a vector of zeros for this text.';
}
