import { smallestCut } from './embed-text';
import { makeErrorReply } from './http-reply';

/** A model as the embeddings route sees it. */
export interface ServedModel {
  readonly id: string;
  readonly dimensions: number;
  readonly cuttable: boolean;
  /** The vector of a text, not to be written to; undefined where the model has none for it. */
  embed(text: string): Float32Array | undefined;
}

/** An embeddings request that has been read and found well-formed. */
export interface EmbeddingRequest {
  readonly model: string;
  readonly texts: readonly string[];
  readonly encoding: 'float' | 'base64';
  /** Length asked for, or undefined for the model's own. */
  readonly dimensions: number | undefined;
}

/** One vector of a reply; a null stands for a hole that a fault made. */
export interface EmbeddingItem {
  readonly index: number;
  values: (number | null)[];
  nested: boolean;
  /** True where a fault made the vector unusable. */
  isSpoiled: boolean;
}

/** A reply before it is written, open to the changes faults make. */
export interface EmbeddingReply {
  model: string;
  items: EmbeddingItem[];
  encoding: 'float' | 'base64';
  /** False where a fault leaves the indexes out. */
  showsIndex: boolean;
  usage: { prompt_tokens: number; total_tokens: number } | undefined;
}

/** Reads the body of `POST /v1/embeddings`; what is malformed comes back as the 400 answer to send. */
export function readEmbeddingRequest(body: unknown): EmbeddingRequest | Response {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return makeErrorReply(400, 'invalid_request', 'The body must be a JSON object.');
  }
  const { model, input, encoding_format: encoding = 'float', dimensions } = body as Record<string, unknown>;
  if (typeof model !== 'string') return refuse('model', 'model must be a text.');
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0) return refuse('input', 'input must not be empty.');
  if (!texts.every((text) => typeof text === 'string')) {
    return refuse('input', 'input must be a text or an array of texts.');
  }
  const blank = texts.findIndex((text) => text.trim() === '');
  if (blank >= 0) return refuse('input', `input ${blank} is empty.`);
  if (encoding !== 'float' && encoding !== 'base64') {
    return refuse('encoding_format', 'encoding_format must be float or base64.');
  }
  if (dimensions !== undefined && !(Number.isInteger(dimensions) && (dimensions as number) > 0)) {
    return refuse('dimensions', 'dimensions must be a whole number above 0.');
  }
  return { model, texts, encoding, dimensions: dimensions as number | undefined };
}

/** Embeds a request's texts in order; a request the model cannot serve comes back as the 400 answer to send. */
export function makeEmbeddingReply(model: ServedModel, request: EmbeddingRequest): EmbeddingReply | Response {
  const { dimensions = model.dimensions } = request;
  if (request.dimensions !== undefined && !model.cuttable) {
    return refuse('dimensions', `Model ${model.id} does not support dimensions.`);
  }
  if (model.cuttable && (dimensions < smallestCut || dimensions > model.dimensions)) {
    return refuse('dimensions', `dimensions of ${model.id} must be ${smallestCut} to ${model.dimensions}.`);
  }
  const items: EmbeddingItem[] = [];
  let characters = 0;
  for (const [index, text] of request.texts.entries()) {
    const vector = model.embed(text);
    if (vector === undefined) {
      const message = `input ${index} has no recorded vector: ${model.id} answers the texts of its recording only.`;
      return makeErrorReply(400, 'text_not_recorded', message, 'input');
    }
    items.push({
      index,
      values: Array.from(vector.subarray(0, dimensions)),
      nested: false,
      isSpoiled: false,
    });
    characters += text.length;
  }
  const tokens = Math.ceil(characters / 4);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return { model: model.id, items, encoding: request.encoding, showsIndex: true, usage };
}

/** Texts whose vectors a client can use once it has the whole reply. */
export function deliveredTexts({ items, showsIndex }: EmbeddingReply, texts: readonly string[]): string[] {
  if (!showsIndex && items.length !== texts.length) return [];
  return items.flatMap(({ index, isSpoiled }) => (isSpoiled ? [] : [texts[index]!]));
}

/**
 * The JSON text of a reply. Written by hand because faults may put `NaN` into it. A vector with holes or in a
 * second pair of brackets is always written as numbers: base64 could not show either.
 */
export function writeEmbeddingReply({ model, items, encoding, showsIndex, usage }: EmbeddingReply): string {
  const data = items.map(({ index, values, nested }) => {
    const numbers = `[${values.map((value) => String(value)).join(',')}]`;
    const plain = !nested && !values.includes(null);
    const embedding = nested
      ? `[${numbers}]`
      : encoding === 'base64' && plain
        ? writeBase64(values)
        : numbers;
    const place = showsIndex ? `"index":${index},` : '';
    return `{"object":"embedding",${place}"embedding":${embedding}}`;
  });
  const tail = usage === undefined ? '' : `,"usage":${JSON.stringify(usage)}`;
  return `{"object":"list","model":${JSON.stringify(model)},"data":[${data.join(',')}]${tail}}`;
}

function writeBase64(values: readonly (number | null)[]): string {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeFloatLE(value ?? 0, i * 4);
  });
  return `"${bytes.toString('base64')}"`;
}

function refuse(param: string, message: string): Response {
  return makeErrorReply(400, 'invalid_request', message, param);
}
