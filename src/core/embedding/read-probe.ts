import { ProviderError } from './provider-error';
import { readEmbeddings } from './read-embeddings';
import { fieldsOf } from './read-error-body';

/** The reply to a request with one short text. */
export interface ProbeReply {
  readonly encoding: 'numbers' | 'base64';
  /** As sent; the caller owns it. */
  readonly vector: Float32Array<ArrayBuffer>;
  /** Euclidean length of the vector. */
  readonly norm: number;
  readonly tokens: number | null;
  /** Model the reply names, or null. */
  readonly repliedModel: string | null;
  readonly durationMs: number;
}

function encodingOf(value: unknown): ProbeReply['encoding'] {
  const fields = fieldsOf(value);
  const items = Array.isArray(value) ? value : (fields?.data ?? fields?.embeddings);
  const first: unknown = Array.isArray(items) ? items[0] : null;
  const embedding = fieldsOf(first)?.embedding ?? first;
  const inner: unknown = Array.isArray(embedding) ? embedding[0] : null;
  return typeof embedding === 'string' || typeof inner === 'string' ? 'base64' : 'numbers';
}

/** Reads the reply to one text. Throws ProviderError where it has no usable vector. */
export function readProbe(value: unknown, durationMs: number): ProbeReply {
  const { values, positions, failures, tokens, model } = readEmbeddings({
    value,
    requested: 1,
    expectedWidth: null,
  });
  if (positions.length === 0)
    throw new ProviderError('bad-reply', failures[0]?.reason ?? 'The server sent no vector.', 200);
  let squares = 0;
  for (const number of values) squares += number * number;
  return {
    encoding: encodingOf(value),
    vector: values,
    norm: Math.sqrt(squares),
    tokens,
    repliedModel: model,
    durationMs,
  };
}
