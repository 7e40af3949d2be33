/** Where vectors come from. Featherless is a preset of the OpenAI-compatible provider with a fixed base URL. */
export type ProviderId = CatalogProviderId | 'imported';

/** Providers whose models are chosen from a list. */
export type CatalogProviderId = RemoteProviderId | 'baseline';

/** Providers that texts are sent to. */
export type RemoteProviderId = 'featherless' | 'openai-compatible';

/** Whether texts leave the page for this provider. */
export function isRemote(provider: ProviderId): provider is RemoteProviderId {
  return provider === 'featherless' || provider === 'openai-compatible';
}

/** How texts are sent to a model. */
export interface TextOptions {
  /** What the rows of the dataset are to the model: many models put something else before questions than before answers. */
  readonly side: 'document' | 'query';
  /** Goes before a text that is embedded as a document; may be empty. */
  readonly documentPrefix: string;
  /** Goes before a text that is embedded as a query; may be empty. */
  readonly queryPrefix: string;
  /** Estimated tokens, prefix included, beyond which a text is cut; null to send texts whole. */
  readonly maxTokens: number | null;
}

/** Texts go out as they were written. */
export const asWritten: TextOptions = {
  side: 'document',
  documentPrefix: '',
  queryPrefix: '',
  maxTokens: null,
};

/** What goes before the rows of a run. */
export function rowPrefixOf({ side, documentPrefix, queryPrefix }: TextOptions): string {
  return side === 'query' ? queryPrefix : documentPrefix;
}

/** What was asked of a provider for one dataset; two runs with equal specs are the same run. */
export interface RunSpec {
  readonly provider: ProviderId;
  /** API root such as https://api.featherless.ai/v1; empty for the baselines, the digest of the numbers for imported vectors. */
  readonly baseUrl: string;
  /** Model id, case kept as the provider spells it. */
  readonly model: string;
  /** Length asked for, or null to leave it to the model. */
  readonly dimensions: number | null;
  readonly texts: TextOptions;
  readonly datasetId: string;
}

/**
 * `cancelled`: by a person. `interrupted`: the page that sent it was left, or lost. `partly lost`: some vectors are no longer in
 * storage. `no vectors`: it came with a session that left them out, or none are in storage any more.
 */
type RunStatus =
  | 'waiting'
  | 'running'
  | 'done'
  | 'cancelled'
  | 'interrupted'
  | 'partly lost'
  | 'stopped'
  | 'needs key'
  | 'no vectors';

/** A row without a vector, and why. */
export interface RowFailure {
  readonly row: number;
  /** A whole sentence for the person. */
  readonly reason: string;
}

/** Why a whole run stopped: what happened, and what to do. */
export interface RunProblem {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  /** HTTP status and server code, small and last; never the key. */
  readonly detail: string | null;
}

/** What a run that is under way waits for. */
export interface RunWaiting {
  /**
   * Crowded: the account's units are in use. Capacity: the server has none free. Warming: the model is being started.
   * Offline: this computer is. Trouble: anything else that may pass.
   */
  readonly reason: 'crowded' | 'capacity' | 'warming' | 'offline' | 'trouble';
  /** Whole sentences for the person. */
  readonly message: string;
  /** When it goes on, on the clock given to the run; null where that is not known. */
  readonly untilMs: number | null;
}

/** A run and how far it is; kept in storage and shown in the panel. */
export interface RunRecord {
  readonly id: string;
  readonly spec: RunSpec;
  /** Position in the dataset's list; fixes the run's colour and shape. */
  readonly slot: number;
  readonly status: RunStatus;
  readonly rowCount: number;
  /** Rows with a vector. */
  readonly doneCount: number;
  readonly failures: readonly RowFailure[];
  readonly problem: RunProblem | null;
  /** Length of the vectors that came, null before the first. */
  readonly width: number | null;
  /** Tokens as reported by the server, null where it reported none. */
  readonly tokens: number | null;
  /** Tokens that were estimated for the texts whose tokens the server reported. */
  readonly estimatedTokens: number;
  /** Units of the account that one request takes, as the catalog said; null where it did not. */
  readonly cost: number | null;
  /** Name of the model in the replies where it differs from the one asked for. */
  readonly repliedModel: string | null;
  readonly durationMs: number;
  /** Whole sentences: anything assumed or changed on the way. */
  readonly notes: readonly string[];
  /** What it waits for, while it is under way; always null in a record that was read from storage. */
  readonly waiting: RunWaiting | null;
  readonly createdAt: number;
}

/** Vectors of one batch as the provider sent them: row-major, `width` numbers a row. */
export interface VectorBatch {
  /** Dataset rows, one a vector. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}
