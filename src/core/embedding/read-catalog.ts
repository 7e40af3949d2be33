import { ProviderError } from './provider-error';
import { fieldsOf } from './read-error-body';

/** One model of a catalog, as far as its row says. */
export interface CatalogRow {
  readonly id: string;
  readonly name: string;
  /** Strong: a field says it embeds. Weak: only its name or class does. None: nothing says so. */
  readonly embeds: 'strong' | 'weak' | 'none';
  /** True where a field says it does something else (chat, ranking, images …). */
  readonly doesOther: boolean;
  readonly contextLength: number | null;
  readonly availability: string | null;
  readonly gated: boolean | null;
  readonly availableOnPlan: boolean | null;
  /** Units of the account that one request takes. */
  readonly concurrencyCost: number | null;
}

/** One reply of a catalog. */
export interface CatalogPage {
  readonly rows: readonly CatalogRow[];
  /** Rows without a usable id. */
  readonly unusable: number;
  readonly totalPages: number | null;
  readonly perPage: number | null;
}

type Fields = Readonly<Record<string, unknown>>;

const embeddingWords: readonly string[] = [
  'embedding',
  'embeddings',
  'feature-extraction',
  'sentence-similarity',
];
const otherWords: readonly string[] = [
  'audio',
  'automatic-speech-recognition',
  'chat',
  'chat-completion',
  'code',
  'completion',
  'conversational',
  'image',
  'image-text-to-text',
  'language',
  'moderation',
  'rerank',
  'reranker',
  'text-classification',
  'text-generation',
  'text-ranking',
  'text-to-image',
  'text2text-generation',
  'video',
];
const embeddingName =
  /embed|sentence-transformers|(^|[^a-z0-9])(bge|gte|e5|sbert|minilm|mpnet)([^a-z0-9]|$)/i;
const otherName = /rerank|reward/i;

/** Lower-case words of a field: a string, a list of strings, or an object whose `output` is one. */
function wordsIn(value: unknown): readonly string[] {
  const list = fieldsOf(value)?.output ?? value;
  const entries: readonly unknown[] = Array.isArray(list) ? list : [list];
  return entries
    .filter((entry) => typeof entry === 'string')
    .map((entry) => entry.trim().toLowerCase().replaceAll('_', '-'));
}

function evidenceIn(row: Fields, id: string, name: string): Pick<CatalogRow, 'embeds' | 'doesOther'> {
  const outputs = [
    ...wordsIn(row.output_modalities),
    ...wordsIn(fieldsOf(row.architecture)?.output_modalities),
  ];
  const uses = [row.modalities, row.tasks, row.tags, row.type, row.task, row.pipeline_tag].flatMap(wordsIn);
  const words = [...outputs, ...uses];
  // `text` tells only among outputs: elsewhere it may be what a model reads.
  const doesOther = words.some((word) => otherWords.includes(word)) || outputs.includes('text');
  if (words.some((word) => embeddingWords.includes(word))) return { embeds: 'strong', doesOther };
  const modelClass = typeof row.model_class === 'string' ? row.model_class : '';
  const hasName = [id, name, modelClass].some((text) => embeddingName.test(text));
  return { embeds: hasName && !otherName.test(`${id} ${name}`) ? 'weak' : 'none', doesOther };
}

function booleanOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

function readRow(value: unknown): CatalogRow | null {
  const row = fieldsOf(value);
  const id = textOf(row?.id);
  if (row === null || id === null) return null;
  const name = textOf(row.name) ?? id;
  return {
    id,
    name,
    ...evidenceIn(row, id, name),
    contextLength: countOf(row.context_length) ?? countOf(row.max_model_len) ?? countOf(row.context_window),
    availability: textOf(fieldsOf(row.availability)?.tier) ?? textOf(row.availability),
    gated: booleanOf(row.is_gated) ?? booleanOf(row.gated),
    availableOnPlan: booleanOf(row.available_on_current_plan),
    concurrencyCost: countOf(row.concurrency_cost),
  };
}

/**
 * Reads one reply of `/models`: `{data:[…]}` with or without `pagination`, or a bare list. Rows that are no objects or
 * have no id are dropped and counted; any other field may be missing or of another type. Throws ProviderError
 * 'bad-reply' where there is no list.
 */
export function readCatalogPage(value: unknown): CatalogPage {
  const fields = fieldsOf(value);
  const list = Array.isArray(value) ? value : (fields?.data ?? fields?.models);
  if (!Array.isArray(list)) {
    throw new ProviderError('bad-reply', 'The reply of the server holds no list of models.', 200);
  }
  const rows = list.map(readRow).filter((row) => row !== null);
  const pagination = fieldsOf(fields?.pagination);
  return {
    rows,
    unusable: list.length - rows.length,
    totalPages: countOf(pagination?.total_pages),
    perPage: countOf(pagination?.per_page),
  };
}

function remark(count: number, one: string, many: string): readonly string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 row ${one}.` : `${count} rows ${many}.`];
}

const likelihood = { strong: 0, weak: 1, none: 2 } as const satisfies Record<CatalogRow['embeds'], number>;

/**
 * One catalog from its pages: the first row of each id, likely embedding models first, else in the order sent. With
 * `preferEmbedding` (the server was asked for embedding models) rows that clearly do something else are left out.
 * Whatever was left out is counted in `remarks`.
 */
export function mergeCatalog(
  pages: readonly CatalogPage[],
  options: { readonly preferEmbedding: boolean },
): { readonly models: readonly CatalogRow[]; readonly remarks: readonly string[] } {
  const byId = new Map<string, CatalogRow>();
  let repeated = 0;
  let other = 0;
  for (const row of pages.flatMap((page) => page.rows)) {
    if (byId.has(row.id)) repeated++;
    else byId.set(row.id, row);
  }
  const models = [...byId.values()].filter((row) => {
    const isOther = options.preferEmbedding && row.doesOther && row.embeds === 'none';
    if (isOther) other++;
    return !isOther;
  });
  models.sort((a, b) => likelihood[a.embeds] - likelihood[b.embeds]);
  const unusable = pages.reduce((sum, page) => sum + page.unusable, 0);
  return {
    models,
    remarks: [
      ...remark(unusable, 'had no usable id and was left out', 'had no usable id and were left out'),
      ...remark(repeated, 'came twice and is listed once', 'came more than once and are listed once'),
      ...remark(
        other,
        'describes another kind of model than embedding and was left out',
        'describe other kinds of models than embedding and were left out',
      ),
    ],
  };
}
