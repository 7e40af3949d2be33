import type { TextColumn } from '@/core/dataset/text-column';

/** One embedding model of a catalog. Anything a server leaves out is null. */
export interface CatalogModel {
  readonly id: string;
  readonly name: string;
  /** Strong: the row says it embeds. Weak: only its name does. None: nothing says so. */
  readonly embeds: 'strong' | 'weak' | 'none';
  readonly contextLength: number | null;
  readonly availability: string | null;
  readonly gated: boolean | null;
  readonly availableOnPlan: boolean | null;
  /** Page that describes the model, or null. */
  readonly page: string | null;
}

export interface Catalog {
  readonly models: readonly CatalogModel[];
  /** Rows the server sent that were dropped, and why, in whole sentences. */
  readonly remarks: readonly string[];
}

/** One batch of a run. */
export interface BatchRequest {
  /** Dataset rows, in the order of `texts`. */
  readonly rows: readonly number[];
  readonly texts: readonly string[];
}

/** What came back for a batch: a vector or a reason for each text, by position in the request. */
export interface BatchReply {
  /** Length of every vector in `values`; 0 when no text got one. */
  readonly width: number;
  /** Positions in the request that got a vector, ascending; vector i of `values` belongs to `positions[i]`. */
  readonly positions: Uint32Array<ArrayBuffer>;
  /** Row-major, positions.length × width, as the provider sent them (not normalised). The receiver owns the buffer. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly failures: readonly { readonly position: number; readonly reason: string }[];
  /** Tokens the provider reported, or null. */
  readonly tokens: number | null;
  /** Model named in the reply, or null. */
  readonly model: string | null;
  /** Whole sentences about anything unusual in the reply (base64 sent unasked, other length than asked …). */
  readonly notes: readonly string[];
}

export interface SessionRequest {
  readonly model: string;
  readonly dimensions: number | null;
  /** All texts of the dataset; the baselines learn from them. */
  readonly corpus: TextColumn;
  readonly signal: AbortSignal;
}

/** A model made ready for one dataset. */
export interface EmbeddingSession {
  readonly maxTexts: number;
  /** Upper bound for the UTF-8 bytes of a batch's texts; a single longer text still goes alone. */
  readonly maxBytes: number;
  readonly maxInFlight: number;
  /** Throws ProviderError for the whole batch, AbortError when cancelled. */
  embedBatch(batch: BatchRequest, signal: AbortSignal): Promise<BatchReply>;
  /** Frees what the session holds; callable more than once. */
  close(): void;
}

/** Everything the rest of the product knows of a source of vectors. */
export interface EmbeddingProvider {
  /** Host that texts are sent to, for the screen; null when they stay in the tab. */
  readonly host: string | null;
  loadCatalog(signal: AbortSignal): Promise<Catalog>;
  openSession(request: SessionRequest): Promise<EmbeddingSession>;
}
