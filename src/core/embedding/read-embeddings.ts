import { normaliseError } from './normalise-error';
import { ProviderError } from './provider-error';
import { carriesError, fieldsOf } from './read-error-body';
import { readVector } from './read-vector';

/** A text of a batch without a usable vector, and why. */
interface PositionFailure {
  readonly position: number;
  readonly reason: string;
  /** True where the reply held nothing for this text, so that asking again may bring it. */
  readonly isMissing?: boolean;
}

/** What came back for a batch: a vector or a reason for each text, by position in the request. */
export interface EmbeddingReply {
  /** Length of every vector in `values`; 0 when no text got one. */
  readonly width: number;
  /** Positions that got a vector, ascending; vector i of `values` belongs to `positions[i]`. */
  readonly positions: Uint32Array<ArrayBuffer>;
  /** Row-major, positions.length × width, as sent. The receiver owns the buffer. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly failures: readonly PositionFailure[];
  readonly tokens: number | null;
  readonly model: string | null;
  readonly notes: readonly string[];
}

/** A parsed reply and what it is held against. */
export interface EmbeddingReplyInput {
  readonly value: unknown;
  /** How many texts were sent. */
  readonly requested: number;
  /** Length of the run's vectors so far, or null before the first. */
  readonly expectedWidth: number | null;
  /** Length wanted, or null or absent; longer vectors are cut to it. */
  readonly askedDimensions?: number | null;
  /** Encoding asked for; numbers unless told. */
  readonly askedEncoding?: 'float' | 'base64';
}

function badReply(message: string): ProviderError {
  return new ProviderError('bad-reply', message, 200);
}

function itemsOf(value: unknown): readonly unknown[] {
  const fields = fieldsOf(value);
  const items = Array.isArray(value) ? value : (fields?.data ?? fields?.embeddings);
  if (!Array.isArray(items)) throw badReply('The reply of the server holds no list of vectors.');
  return items;
}

/** The item for each position: none, or more than one where the server repeats an index. */
function placeItems(items: readonly unknown[], requested: number): readonly (readonly unknown[])[] {
  const places: unknown[][] = Array.from({ length: requested }, () => []);
  const indexes = items.map((item) => fieldsOf(item)?.index ?? null);
  if (indexes.every((index) => index === null)) {
    if (items.length !== requested) {
      throw badReply(
        `The number of vectors sent (${items.length}) is not that of the texts (${requested}), and nothing says which belongs to which, so none can be used.`,
      );
    }
    items.forEach((item, position) => {
      places[position]?.push(item);
    });
    return places;
  }
  items.forEach((item, order) => {
    const index = indexes[order];
    if (index === null) return;
    const place = typeof index === 'number' ? places[index] : undefined;
    if (place === undefined) {
      throw badReply(
        `The server numbered its vectors outside 0 to ${requested - 1}, so none can be matched with a text.`,
      );
    }
    place.push(item);
  });
  return places;
}

const fewestPaddingZeros = 4;
const paddingShare = 8;

/** Where zeros begin that end every one of the vectors, if it is far enough from the end to be no accident; else null. */
function paddedFrom(vectors: readonly Float32Array[], width: number): number | null {
  let last = 0;
  for (const vector of vectors) {
    let at = width;
    while (at > last && vector[at - 1] === 0) at--;
    last = at;
  }
  const zeros = width - last;
  return vectors.length > 1 && zeros >= Math.max(fewestPaddingZeros, width / paddingShare) ? last : null;
}

/** The length most vectors have; the one seen first on a tie. */
function commonWidth(vectors: readonly (Float32Array | null)[]): number {
  const counts = new Map<number, number>();
  for (const vector of vectors) {
    if (vector !== null) counts.set(vector.length, (counts.get(vector.length) ?? 0) + 1);
  }
  let width = 0;
  let most = 0;
  for (const [length, count] of counts) {
    if (count > most) [width, most] = [length, count];
  }
  return width;
}

function tokensIn(value: unknown): number | null {
  const usage = fieldsOf(fieldsOf(value)?.usage);
  for (const tokens of [usage?.prompt_tokens, usage?.total_tokens]) {
    if (typeof tokens === 'number' && Number.isFinite(tokens) && tokens >= 0) return tokens;
  }
  return null;
}

/**
 * Reads the reply to an embedding request: places vectors by `index` (by position only where no index is sent at all),
 * decodes base64, cuts what is longer than the length asked for, unwraps `[[…]]` and checks each vector for length, finite numbers and a norm above 0. A row whose
 * vector is missing or unusable fails with a reason; the others are kept. Throws ProviderError where the reply carries
 * an error or nothing can be matched with a text.
 */
export function readEmbeddings(input: EmbeddingReplyInput): EmbeddingReply {
  const { value, requested, expectedWidth } = input;
  if (carriesError(value)) throw normaliseError({ status: 200, bodyText: JSON.stringify(value) });

  const notes = new Set<string>();
  const asked = input.askedDimensions ?? null;
  const missing = new Set<number>();
  const reasons: (string | null)[] = [];
  const vectors = placeItems(itemsOf(value), requested).map((found, position) => {
    if (found.length !== 1) {
      if (found.length === 0) missing.add(position);
      reasons.push(
        found.length === 0
          ? 'The server sent no vector for this text.'
          : `The server sent ${found.length} vectors for this text.`,
      );
      return null;
    }
    const sent = fieldsOf(found[0])?.embedding ?? found[0];
    const reading = readVector(sent, { notes, cutTo: asked, askedEncoding: input.askedEncoding ?? 'float' });
    reasons.push(typeof reading === 'string' ? reading : null);
    return typeof reading === 'string' ? null : reading;
  });

  const width = expectedWidth ?? commonWidth(vectors);
  const failures: PositionFailure[] = [];
  const good: { position: number; vector: Float32Array }[] = [];
  vectors.forEach((vector, position) => {
    if (vector === null) {
      const reason = reasons[position] ?? 'The server sent no vector for this text.';
      failures.push(missing.has(position) ? { position, reason, isMissing: true } : { position, reason });
    } else if (vector.length !== width) {
      failures.push({
        position,
        reason: `The vector for this text has length ${vector.length}, the others have length ${width}.`,
      });
    } else {
      good.push({ position, vector });
    }
  });

  const values = new Float32Array(good.length * width);
  good.forEach(({ vector }, order) => {
    values.set(vector, order * width);
  });
  const padding =
    asked === null
      ? null
      : paddedFrom(
          good.map(({ vector }) => vector),
          width,
        );
  if (padding !== null) {
    notes.add(
      `Vectors of length ${asked} were asked for, and all that came end in zeros from position ${padding + 1} on: the model seems to have only ${padding} numbers.`,
    );
  }
  if (asked !== null && good.length > 0 && asked !== width) {
    notes.add(`Vectors of length ${asked} were asked for, and vectors of length ${width} came.`);
  }
  const model = fieldsOf(value)?.model;
  return {
    width: good.length === 0 ? 0 : width,
    positions: Uint32Array.from(good, ({ position }) => position),
    values,
    failures,
    tokens: tokensIn(value),
    model: typeof model === 'string' && model !== '' ? model : null,
    notes: [...notes],
  };
}
