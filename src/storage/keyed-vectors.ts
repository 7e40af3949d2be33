import { KeyIndex } from '@/core/embedding/key-index';
import { keyWords } from '@/core/embedding/text-keys';

/** Vectors and the keys of the texts they belong to. */
export interface KeyedVectors {
  /** Packed keys, one a vector. */
  readonly keys: Uint32Array<ArrayBuffer>;
  readonly width: number;
  /** As they came, row-major. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Most bytes of vectors and keys in one chunk of storage; a single longer vector still goes alone. */
export const chunkBytes = 8 * 2 ** 20;

export function bytesOf({ keys, width }: Pick<KeyedVectors, 'keys' | 'width'>): number {
  return keys.byteLength + (keys.length / keyWords) * width * Float32Array.BYTES_PER_ELEMENT;
}

/**
 * The vectors of several pieces of one width, each key once (its first vector), in chunks of at most `chunkBytes`. Values may be
 * those of a piece, not copied.
 */
export function* cutToChunks(pieces: readonly KeyedVectors[]): Generator<KeyedVectors, void> {
  const width = pieces[0]?.width ?? 0;
  const total = pieces.reduce((sum, { keys }) => sum + keys.length, 0);
  const allKeys = new Uint32Array(total);
  const sources: { piece: KeyedVectors; from: number }[] = [];
  let filled = 0;
  for (const piece of pieces) {
    allKeys.set(piece.keys, filled);
    for (let i = 0; i < piece.keys.length / keyWords; i++) sources.push({ piece, from: i * width });
    filled += piece.keys.length;
  }
  const index = KeyIndex.of(allKeys);
  const firsts = sources.flatMap((_, place) => (index.first(allKeys, place) === place ? [place] : []));
  const perChunk = Math.max(1, Math.floor(chunkBytes / (4 * width + 4 * keyWords)));
  const [only] = pieces;
  const isWhole =
    pieces.length === 1 && firsts.length > 0 && firsts.length === sources.length && firsts.length <= perChunk;
  // Storage would copy the whole of a buffer that these are only a part of.
  if (only !== undefined && isWhole && only.values.byteLength === only.values.buffer.byteLength) {
    yield { keys: allKeys, width, values: only.values };
    return;
  }
  for (let start = 0; start < firsts.length; start += perChunk) {
    const places = firsts.slice(start, start + perChunk);
    const keys = new Uint32Array(places.length * keyWords);
    const values = new Float32Array(places.length * width);
    places.forEach((place, i) => {
      const { piece, from } = sources[place]!;
      keys.set(allKeys.subarray(place * keyWords, (place + 1) * keyWords), i * keyWords);
      values.set(piece.values.subarray(from, from + width), i * width);
    });
    yield { keys, width, values };
  }
}
