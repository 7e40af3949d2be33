import type { TextColumn } from '@/core/dataset/text-column';
import type { BatchRange } from '@/core/embedding/batch-size';
import type { EmbeddingReply } from '@/core/embedding/read-embeddings';
import type { ProviderPlan } from '@/core/embedding/read-plan';
import type { WorkProgress } from '@/core/work';

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
  /** Units of the account that one request takes. */
  readonly concurrencyCost: number | null;
  /** Page that describes the model, or null. */
  readonly page: string | null;
}

export interface Catalog {
  readonly models: readonly CatalogModel[];
  /** Rows the server sent that were dropped, and why, in whole sentences. */
  readonly remarks: readonly string[];
}

/** One batch of a run. */
interface BatchRequest {
  /** Dataset rows, in the order of `texts`. */
  readonly rows: readonly number[];
  readonly texts: readonly string[];
}

export interface SessionRequest {
  readonly model: string;
  readonly dimensions: number | null;
  /** All texts of the dataset; the baselines learn from them. */
  readonly corpus: TextColumn;
  readonly signal: AbortSignal;
  /** Called while the model is made ready, where that takes its time. */
  readonly onProgress?: (progress: WorkProgress) => void;
}

/** A model made ready for one dataset. */
export interface EmbeddingSession {
  /** Size of a batch: where it begins, and how far it may grow. */
  readonly batches: BatchRange;
  /** Throws ProviderError for the whole batch, AbortError when cancelled. */
  embedBatch(batch: BatchRequest, signal: AbortSignal): Promise<EmbeddingReply>;
  /** Frees what the session holds; callable more than once. */
  close(): void;
}

/** Everything the rest of the product knows of a source of vectors. */
export interface EmbeddingProvider {
  /** Host that texts are sent to, for the screen; null when they stay in the tab. */
  readonly host: string | null;
  loadCatalog(signal: AbortSignal): Promise<Catalog>;
  /** What the account may do, which also checks its key; null where there is no such thing. Throws ProviderError. */
  loadPlan(signal: AbortSignal): Promise<ProviderPlan | null>;
  openSession(request: SessionRequest): Promise<EmbeddingSession>;
}
