import { readBaseUrl } from '@/core/embedding/base-url';
import type { EmbeddingProvider } from '@/providers/provider';
import { loadCatalog } from './load-catalog';
import { loadPlan } from './load-plan';
import { createOriginMemory, type OriginMemory } from './origin-memory';
import { type Addressed, sendingBaseUrl } from './sending-base-url';
import { openSession } from './session';

/** API root of Featherless. */
export const featherlessBaseUrl = 'https://api.featherless.ai/v1';
/** Page where Featherless lists its embedding models. */
export const featherlessCatalogPage = 'https://featherless.ai/models?modalities=embedding';
/** Embedding model that the documentation of Featherless names, to offer while the catalog cannot be reached. */
export const featherlessDocumentedModel = 'Qwen/Qwen3-Embedding-8B';

/** A server and how to ask it. */
export interface OpenAiCompatibleOptions extends Addressed {
  readonly preset: 'featherless' | 'openai-compatible';
  /** Called for each request, so that the key itself is held in one place only. */
  readonly readKey: () => string | null;
  /** What is known of the origin, shared by all its sessions; each provider learns anew where it is absent. */
  readonly memory?: OriginMemory;
  /** How long a request may take; two minutes unless told. */
  readonly timeoutMs?: number;
}

const timeoutMs = 120_000;

/**
 * Vectors from any server with the OpenAI API; Featherless is a preset of it. Throws ProviderError 'rejected' at once
 * where the base URL may not be used. No request is sent before the catalog or a batch is asked for.
 */
export function createOpenAiCompatibleProvider(options: OpenAiCompatibleOptions): EmbeddingProvider {
  const { host } = readBaseUrl(options.baseUrl);
  const memory = options.memory ?? createOriginMemory();
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
      return openSession({ timeoutMs, ...options, memory }, request);
    },
  };
}
