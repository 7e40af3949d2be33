/** What is publicly known of a model: a hint, not proof; the reply of the server decides. */
export interface ModelHint {
  readonly id: string;
  readonly dimension: number;
  /** Shorter lengths its vectors may be cut to: a list, any from a smallest one on, or null for none. */
  readonly cuts: readonly number[] | { readonly from: number } | null;
  /** Longest text in tokens. */
  readonly tokens: number;
  /** What goes before a question, or null for nothing. */
  readonly query: string | null;
  /** What goes before a text that questions are to find, or null for nothing. */
  readonly document: string | null;
}

/** Models that follow instructions are told what for; a person can say it better. */
const task = 'Find the texts that are closest to this one in meaning';
const instruct = `Instruct: ${task}\nQuery: `;
const represent = 'Represent this sentence for searching relevant passages: ';
const e5 = { query: 'query: ', document: 'passage: ' };
const nomic = { query: 'search_query: ', document: 'search_document: ' };
const plain = { query: null, document: null };
const qwen = { query: `Instruct: ${task}\nQuery:`, document: null, cuts: { from: 32 }, tokens: 32_768 };
const instructed = { query: instruct, document: null };
const searching = { query: represent, document: null };

const hints = [
  { id: 'Qwen/Qwen3-Embedding-0.6B', dimension: 1024, ...qwen },
  { id: 'Qwen/Qwen3-Embedding-4B', dimension: 2560, ...qwen },
  { id: 'Qwen/Qwen3-Embedding-8B', dimension: 4096, ...qwen },
  { id: 'BAAI/bge-m3', dimension: 1024, cuts: null, tokens: 8192, ...plain },
  { id: 'BAAI/bge-large-en-v1.5', dimension: 1024, cuts: null, tokens: 512, ...searching },
  { id: 'BAAI/bge-base-en-v1.5', dimension: 768, cuts: null, tokens: 512, ...searching },
  { id: 'BAAI/bge-small-en-v1.5', dimension: 384, cuts: null, tokens: 512, ...searching },
  { id: 'intfloat/multilingual-e5-large', dimension: 1024, cuts: null, tokens: 512, ...e5 },
  { id: 'intfloat/multilingual-e5-large-instruct', dimension: 1024, cuts: null, tokens: 512, ...instructed },
  { id: 'intfloat/e5-mistral-7b-instruct', dimension: 4096, cuts: null, tokens: 4096, ...instructed },
  { id: 'Alibaba-NLP/gte-Qwen2-7B-instruct', dimension: 3584, cuts: null, tokens: 32_768, ...instructed },
  { id: 'Alibaba-NLP/gte-Qwen2-1.5B-instruct', dimension: 1536, cuts: null, tokens: 32_768, ...instructed },
  { id: 'Alibaba-NLP/gte-multilingual-base', dimension: 768, cuts: { from: 128 }, tokens: 8192, ...plain },
  {
    id: 'nomic-ai/nomic-embed-text-v1.5',
    dimension: 768,
    cuts: [64, 128, 256, 512],
    tokens: 8192,
    ...nomic,
  },
  { id: 'nomic-ai/nomic-embed-text-v2-moe', dimension: 768, cuts: [256], tokens: 512, ...nomic },
  { id: 'mixedbread-ai/mxbai-embed-large-v1', dimension: 1024, cuts: [256, 512], tokens: 512, ...searching },
  {
    id: 'google/embeddinggemma-300m',
    dimension: 768,
    cuts: [128, 256, 512],
    tokens: 2048,
    query: 'task: search result | query: ',
    document: 'title: none | text: ',
  },
  {
    id: 'Snowflake/snowflake-arctic-embed-l-v2.0',
    dimension: 1024,
    cuts: [256],
    tokens: 8192,
    query: 'query: ',
    document: null,
  },
  { id: 'sentence-transformers/all-MiniLM-L6-v2', dimension: 384, cuts: null, tokens: 256, ...plain },
] satisfies readonly ModelHint[];

const byLowerId: ReadonlyMap<string, ModelHint> = new Map(hints.map((hint) => [hint.id.toLowerCase(), hint]));

/** The hint for a model id, capitals aside, or null where nothing is known. */
export function hintFor(modelId: string): ModelHint | null {
  return byLowerId.get(modelId.trim().toLowerCase()) ?? null;
}
