import { remoteBatches } from '@/core/embedding/batch-size';
import { ProviderError } from '@/core/embedding/provider-error';
import { type EmbeddingReply, readEmbeddings } from '@/core/embedding/read-embeddings';
import { fieldsOf } from '@/core/embedding/read-error-body';
import type { EmbeddingSession, SessionRequest } from '@/providers/provider';
import { sendRequest } from '@/providers/send-request';
import type { OriginMemory } from './origin-memory';
import { type Addressed, sendingBaseUrl } from './sending-base-url';

/** A server, and how it is asked. */
export interface SessionOptions extends Addressed {
  /** Called for each request, so that the key itself is held in one place only. */
  readonly readKey: () => string | null;
  readonly memory: OriginMemory;
  readonly timeoutMs: number;
}

type Encoding = 'float' | 'base64';

/** A reply may take this much: the longest vector to be expected, each number written out in full, and some more. */
const longestVector = 16_384;
const bytesPerNumber = 32;
const bytesAround = 2 ** 20;
/** A larger number in a vector of a model means that the bytes were not those of float32. */
const largestPlausible = 1e6;
const mostVainProbes = 2;

function namesDimensions(error: unknown): boolean {
  return (
    error instanceof ProviderError &&
    error.kind === 'rejected' &&
    /dimension/i.test(`${error.serverDetail ?? ''} ${error.message}`)
  );
}

/** A refusal or failure that the encoding may have caused; full, cold and silent servers say nothing about it. */
function mayBlameEncoding(error: unknown): boolean {
  return (
    error instanceof ProviderError &&
    (error.kind === 'rejected' ||
      error.kind === 'bad-reply' ||
      (error.kind === 'server' && error.status !== null))
  );
}

function embeddingsIn(value: unknown): readonly unknown[] {
  const fields = fieldsOf(value);
  const items = Array.isArray(value) ? value : (fields?.data ?? fields?.embeddings);
  return Array.isArray(items) ? items.map((item: unknown) => fieldsOf(item)?.embedding ?? item) : [];
}

function isPlausible(reply: EmbeddingReply): boolean {
  return reply.positions.length > 0 && reply.values.every((number) => Math.abs(number) <= largestPlausible);
}

class Session implements EmbeddingSession {
  readonly batches = remoteBatches;
  readonly #options: SessionOptions;
  readonly #request: SessionRequest;
  readonly #closing = new AbortController();
  #width: number | null = null;
  /** False once the server has refused to shorten vectors itself. */
  #sendsDimensions: boolean;

  constructor(options: SessionOptions, request: SessionRequest) {
    this.#options = options;
    this.#request = request;
    this.#sendsDimensions = request.dimensions !== null;
  }

  async embedBatch({ texts }: { texts: readonly string[] }, signal: AbortSignal): Promise<EmbeddingReply> {
    const { memory } = this.#options;
    const isProbe =
      memory.encoding === 'unknown' && !memory.isProbing && texts.length <= remoteBatches.start.maxTexts;
    if (isProbe) return this.#probe(texts, signal);
    return this.#ask(texts, memory.encoding === 'base64' ? 'base64' : 'float', signal);
  }

  close(): void {
    this.#closing.abort();
  }

  /** The first batch of an origin asks for base64; the same texts are asked for as numbers only where nothing usable came. */
  async #probe(texts: readonly string[], signal: AbortSignal): Promise<EmbeddingReply> {
    const { memory } = this.#options;
    memory.isProbing = true;
    try {
      return await this.#ask(texts, 'base64', signal, (isBase64) => {
        memory.encoding = isBase64 ? 'base64' : 'float';
      });
    } catch (error) {
      if (!mayBlameEncoding(error)) throw error;
      memory.vainProbes++;
      if (memory.vainProbes >= mostVainProbes) memory.encoding = 'float';
      const reply = await this.#ask(texts, 'float', signal);
      memory.encoding = 'float';
      return reply;
    } finally {
      memory.isProbing = false;
    }
  }

  async #ask(
    texts: readonly string[],
    encoding: Encoding,
    signal: AbortSignal,
    settleEncoding?: (isBase64: boolean) => void,
  ): Promise<EmbeddingReply> {
    const { dimensions } = this.#request;
    const value = await this.#sendWithin(texts, encoding, signal);
    const reply = readEmbeddings({
      value,
      requested: texts.length,
      expectedWidth: this.#width,
      askedDimensions: dimensions,
      askedEncoding: encoding,
    });
    if (settleEncoding !== undefined) {
      const sent = embeddingsIn(value);
      const isBase64 = sent.length > 0 && sent.every((embedding) => typeof embedding === 'string');
      if (isBase64 && !isPlausible(reply)) {
        throw new ProviderError(
          'bad-reply',
          'The server sent base64 that does not hold float32 vectors.',
          200,
        );
      }
      settleEncoding(isBase64 && sent.length === texts.length);
    }
    if (reply.positions.length > 0) this.#width ??= reply.width;
    if (dimensions === null || this.#sendsDimensions) return reply;
    const note = `The server refused to shorten vectors to ${dimensions} numbers, so they are asked for in full and cut here.`;
    return { ...reply, notes: [note, ...reply.notes] };
  }

  /** Asks with the length wanted; once more without where the server refuses it. */
  async #sendWithin(texts: readonly string[], encoding: Encoding, signal: AbortSignal): Promise<unknown> {
    const { dimensions } = this.#request;
    if (dimensions === null || !this.#sendsDimensions) return this.#send(texts, encoding, null, signal);
    try {
      return await this.#send(texts, encoding, dimensions, signal);
    } catch (error) {
      if (!namesDimensions(error)) throw error;
      const value = await this.#send(texts, encoding, null, signal);
      this.#sendsDimensions = false;
      return value;
    }
  }

  async #send(
    texts: readonly string[],
    encoding: Encoding,
    dimensions: number | null,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { readKey, timeoutMs } = this.#options;
    const baseUrl = await sendingBaseUrl(this.#options);
    const { model } = this.#request;
    const { value } = await sendRequest({
      baseUrl,
      path: '/embeddings',
      method: 'POST',
      body: {
        model,
        input: texts,
        encoding_format: encoding,
        ...(dimensions === null ? {} : { dimensions }),
      },
      key: readKey(),
      signal: AbortSignal.any([signal, this.#closing.signal]),
      timeoutMs,
      maxReplyBytes: bytesAround + texts.length * longestVector * bytesPerNumber,
      model,
    });
    return value;
  }
}

/** A model of a server with the OpenAI API, made ready. Nothing is sent before the first batch. */
export function openSession(options: SessionOptions, request: SessionRequest): EmbeddingSession {
  return new Session(options, request);
}
