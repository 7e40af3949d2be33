import { readBaseUrl } from '@/core/embedding/base-url';
import { readEmbeddings } from '@/core/embedding/read-embeddings';
import type { EmbeddingProvider, EmbeddingSession, SessionRequest } from '@/providers/provider';
import { sendRequest } from '@/providers/send-request';
import { loadCatalog } from './load-catalog';
import { loadPlan } from './load-plan';

/** API root of Featherless. */
export const featherlessBaseUrl = 'https://api.featherless.ai/v1';
/** Page where Featherless lists its embedding models. */
export const featherlessCatalogPage = 'https://featherless.ai/models?modalities=embedding';
/** Embedding model that the documentation of Featherless names, to offer while the catalog cannot be reached. */
export const featherlessDocumentedModel = 'Qwen/Qwen3-Embedding-8B';

/** A server and how to ask it. */
export interface OpenAiCompatibleOptions {
  readonly preset: 'featherless' | 'openai-compatible';
  readonly baseUrl: string;
  /** Where requests are sent instead of the base URL, asked before each: Featherless through the page's own server. */
  readonly findBaseUrl?: () => Promise<string>;
  /** Called for each request, so that the key itself is held in one place only. */
  readonly readKey: () => string | null;
}

const maxTexts = 32;
const maxBytes = 1_000_000;
const maxInFlight = 2;
const timeoutMs = 120_000;

/** The base URL that requests really go to. The identity of a run does not depend on it. */
export async function sendingBaseUrl(options: OpenAiCompatibleOptions): Promise<string> {
  return (await options.findBaseUrl?.()) ?? options.baseUrl;
}

function openSession(options: OpenAiCompatibleOptions, request: SessionRequest): EmbeddingSession {
  const { model, dimensions } = request;
  const closing = new AbortController();
  let width: number | null = null;
  return {
    maxTexts,
    maxBytes,
    maxInFlight,
    async embedBatch(batch, signal) {
      const { value } = await sendRequest({
        baseUrl: await sendingBaseUrl(options),
        path: '/embeddings',
        method: 'POST',
        body: {
          model,
          input: batch.texts,
          encoding_format: 'float',
          ...(dimensions === null ? {} : { dimensions }),
        },
        key: options.readKey(),
        signal: AbortSignal.any([signal, closing.signal]),
        timeoutMs,
        model,
      });
      const reply = readEmbeddings({
        value,
        requested: batch.texts.length,
        expectedWidth: width,
        askedDimensions: dimensions,
      });
      if (reply.positions.length > 0) width ??= reply.width;
      return reply;
    },
    close() {
      closing.abort();
    },
  };
}

/**
 * Vectors from any server with the OpenAI API; Featherless is a preset of it. Throws ProviderError 'rejected' at once
 * where the base URL may not be used. No request is sent before the catalog or a batch is asked for.
 */
export function createOpenAiCompatibleProvider(options: OpenAiCompatibleOptions): EmbeddingProvider {
  const { host } = readBaseUrl(options.baseUrl);
  const isFeatherless = options.preset === 'featherless';
  return {
    host,
    async loadCatalog(signal) {
      const baseUrl = await sendingBaseUrl(options);
      return loadCatalog({ baseUrl, key: options.readKey(), isFeatherless }, signal);
    },
    async loadPlan(signal) {
      const baseUrl = await sendingBaseUrl(options);
      return loadPlan({ baseUrl, key: options.readKey(), isFeatherless }, signal);
    },
    async openSession(request) {
      request.signal.throwIfAborted();
      return openSession(options, request);
    },
  };
}
