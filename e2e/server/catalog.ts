import type { ServedModel } from './embedding-reply';

/** A row of `GET /v1/models`; like the real catalog's, any field but the id may be missing or null. */
export interface CatalogRow {
  readonly id: string;
  readonly kind: 'embedding' | 'chat' | 'reranker';
  /** The row as sent. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One page of the catalog as sent. */
export interface CatalogPage {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly pagination: {
    readonly current_page: number;
    readonly per_page: number;
    readonly total_items: number;
    readonly total_pages: number;
  };
  readonly total: number;
}

const created = 1_767_225_600;

/** The ways a row may say that it embeds; which one the real catalog uses is not known for certain. */
const embeddingMarks: readonly Readonly<Record<string, unknown>>[] = [
  { output_modalities: ['embeddings'] },
  { architecture: { output_modalities: ['embedding'] }, pricing: null },
  { tags: ['feature-extraction', 'sentence-similarity'] },
];

const chatRow: Readonly<Record<string, unknown>> = {
  context_length: 32_768,
  max_completion_tokens: 4096,
  output_modalities: ['text'],
  features: { tool_use: true },
};

const otherRows: readonly CatalogRow[] = [
  makeRow('local/chat-8b', 'chat', { ...chatRow, model_class: 'chat-8b', concurrency_cost: 1 }),
  makeRow('local/chat-70b', 'chat', {
    ...chatRow,
    model_class: 'chat-70b',
    concurrency_cost: 4,
    is_gated: true,
  }),
  makeRow('local/chat-embedded-systems-24b', 'chat', {
    ...chatRow,
    model_class: 'chat-24b',
    concurrency_cost: 2,
  }),
  makeRow('local/rerank-base', 'reranker', {
    model_class: 'rerank',
    context_length: 512,
    tags: ['text-ranking'],
  }),
  makeRow('local/embed-reranker-large', 'reranker', {
    model_class: 'rerank',
    context_length: 8192,
    tags: ['text-ranking'],
    features: null,
  }),
  makeRow('local/chat-tiny', 'chat', {
    owned_by: undefined,
    created: null,
    availability: { tier: 'offline' },
  }),
];

/** Rows that the embedding filter wrongly lets through, as the real one does. */
const leakedIds: ReadonlySet<string> = new Set([
  'local/chat-embedded-systems-24b',
  'local/embed-reranker-large',
]);

/** Rows that cost more than the plan of `GET /v1/plan` covers. */
const outsidePlanIds: ReadonlySet<string> = new Set(['local/chat-70b']);

/**
 * All rows, in a fixed order: served models between chat models and rerankers, then made-up rows up to `size`.
 * A made-up embedding row is cold and cannot be called.
 */
export function makeCatalog(models: readonly ServedModel[], size: number): CatalogRow[] {
  const served = models.map((model, i) =>
    makeRow(model.id, 'embedding', {
      model_class: `embedding-${model.dimensions}`,
      context_length: 8192,
      concurrency_cost: 1,
      availability: { tier: 'warm' },
      ...embeddingMarks[i % embeddingMarks.length],
    }),
  );
  const rows = [...otherRows.slice(0, 2), ...served, ...otherRows.slice(2)];
  for (let number = 1; rows.length < size; number++) {
    const name = String(number).padStart(5, '0');
    rows.push(
      number % 4 === 0
        ? makeRow(`made-up/chat-${name}`, 'chat', chatRow)
        : makeRow(`made-up/embedding-${name}`, 'embedding', {
            ...embeddingMarks[0],
            availability: { tier: 'cold' },
          }),
    );
  }
  return rows;
}

/**
 * Answers a catalog query (`page`, `per_page`, `q`, `modalities`). Without `per_page` all rows come. Under
 * `modalities=embedding` some unwanted rows come too, and the last row of a page comes again as the first of
 * the next; `total_pages` allows for that.
 */
export function pageCatalog(
  rows: readonly CatalogRow[],
  query: URLSearchParams,
  withPlan: boolean,
): CatalogPage {
  const words = (query.get('q') ?? '').toLowerCase();
  const onlyEmbedding = query.get('modalities') === 'embedding';
  const found = rows.filter(
    ({ id, kind, fields }) =>
      (!onlyEmbedding || kind === 'embedding' || leakedIds.has(id)) &&
      (id.toLowerCase().includes(words) || String(fields.name).toLowerCase().includes(words)),
  );
  const asked = query.get('per_page');
  const whole = asked === null;
  const perPage = whole ? found.length : Math.min(1000, Math.max(100, readNumber(asked, 100)));
  const page = whole ? 1 : Math.max(1, readNumber(query.get('page'), 1));
  const overlap = onlyEmbedding && !whole ? 1 : 0;
  const step = Math.max(1, perPage - overlap);
  const start = (page - 1) * step;
  const isPast = start > 0 && start >= found.length - overlap;
  const data = isPast ? [] : found.slice(start, start + perPage).map((row) => showRow(row, withPlan));
  return {
    data,
    pagination: {
      current_page: page,
      per_page: perPage,
      total_items: found.length,
      total_pages: Math.max(1, Math.ceil((found.length - overlap) / step)),
    },
    total: found.length,
  };
}

/** A row as sent; a request with a key also learns whether the plan covers the model. */
export function showRow(row: CatalogRow, withPlan: boolean): Readonly<Record<string, unknown>> {
  return withPlan ? { ...row.fields, available_on_current_plan: !outsidePlanIds.has(row.id) } : row.fields;
}

function makeRow(
  id: string,
  kind: CatalogRow['kind'],
  fields: Readonly<Record<string, unknown>>,
): CatalogRow {
  const [owner, name] = id.split('/');
  const common = {
    id,
    name: name ?? id,
    owned_by: owner,
    created,
    is_gated: false,
    status: 'active',
    availability: { tier: 'warm' },
  };
  return { id, kind, fields: { ...common, ...fields } };
}

function readNumber(text: string | null, fallback: number): number {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isNaN(number) ? fallback : number;
}
