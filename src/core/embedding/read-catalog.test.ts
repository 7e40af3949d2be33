import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeCatalog, readCatalogPage } from './read-catalog';

function only(row: object) {
  const [read] = readCatalogPage({ data: [row] }).rows;
  if (read === undefined) throw new Error('The row was dropped.');
  return read;
}

describe('readCatalogPage', () => {
  it('reads a full row of Featherless', () => {
    const page = readCatalogPage({
      data: [
        {
          id: 'Qwen/Qwen3-Embedding-8B',
          name: 'Qwen3 Embedding 8B',
          context_length: 32_768,
          is_gated: false,
          available_on_current_plan: true,
          concurrency_cost: 2,
          availability: { tier: 'warm' },
          output_modalities: ['embedding'],
        },
      ],
      pagination: { current_page: 1, per_page: 1000, total_items: 1, total_pages: 1 },
      total: 1,
    });
    expect(page).toEqual({
      rows: [
        {
          id: 'Qwen/Qwen3-Embedding-8B',
          name: 'Qwen3 Embedding 8B',
          embeds: 'strong',
          doesOther: false,
          contextLength: 32_768,
          availability: 'warm',
          gated: false,
          availableOnPlan: true,
          concurrencyCost: 2,
        },
      ],
      unusable: 0,
      totalPages: 1,
      perPage: 1000,
    });
  });

  it('takes null for whatever is missing or of another type', () => {
    expect(only({ id: 'a/b', name: 3, context_length: '9', is_gated: 'no', availability: [] })).toEqual({
      id: 'a/b',
      name: 'a/b',
      embeds: 'none',
      doesOther: false,
      contextLength: null,
      availability: null,
      gated: null,
      availableOnPlan: null,
      concurrencyCost: null,
    });
  });

  it('drops and counts unusable rows', () => {
    const page = readCatalogPage({
      object: 'list',
      data: [null, 'x', {}, { id: ' ' }, { id: 4 }, { id: 'ok' }],
    });
    expect(page.rows.map(({ id }) => id)).toEqual(['ok']);
    expect(page.unusable).toBe(5);
    expect(readCatalogPage([{ id: 'bare' }]).rows).toHaveLength(1);
    for (const value of [null, 'text', {}, { data: {} }, { data: 'x' }]) {
      expect(() => readCatalogPage(value)).toThrow(expect.objectContaining({ kind: 'bad-reply' }));
    }
  });

  it.each<[object, string, boolean]>([
    [{ output_modalities: ['embeddings'] }, 'strong', false],
    [{ modalities: 'embedding' }, 'strong', false],
    [{ architecture: { output_modalities: ['embedding'] } }, 'strong', false],
    [{ tasks: ['feature-extraction'] }, 'strong', false],
    [{ tags: ['mteb', 'sentence-similarity'] }, 'strong', false],
    [{ type: 'Feature_Extraction' }, 'strong', false],
    [{ tags: ['text-generation', 'feature-extraction'] }, 'strong', true],
    [{ id: 'org/some-Embed-v2' }, 'weak', false],
    [{ id: 'BAAI/bge-m3' }, 'weak', false],
    [{ id: 'org/embed-reranker' }, 'none', false],
    [{ id: 'org/large5' }, 'none', false],
    [{ output_modalities: ['text'] }, 'none', true],
    [{ modalities: ['text'] }, 'none', false],
    [{ id: 'org/embed-chat', type: 'chat' }, 'weak', true],
  ])('%j embeds: %s, does other: %s', (row, embeds, doesOther) => {
    expect(only({ id: 'org/model', ...row })).toMatchObject({ embeds, doesOther });
  });
});

describe('mergeCatalog', () => {
  const first = readCatalogPage({
    data: [
      { id: 'chat', output_modalities: ['text'] },
      { id: 'quiet' },
      { id: 'my-embedder' },
      { id: 'sure', tasks: ['embedding'] },
      {},
    ],
  });
  const second = readCatalogPage({ data: [{ id: 'sure' }, { id: 'sure-2', type: 'embedding' }] });

  it('puts likely models first, drops repeats and other kinds, and says so', () => {
    const { models, remarks } = mergeCatalog([first, second], { preferEmbedding: true });
    expect(models.map(({ id }) => id)).toEqual(['sure', 'sure-2', 'my-embedder', 'quiet']);
    expect(remarks).toEqual([
      '1 row had no usable id and was left out.',
      '1 row came twice and is listed once.',
      '1 row describes another kind of model than embedding and was left out.',
    ]);
  });

  it('lists everything where the server was not asked for embedding models', () => {
    const { models } = mergeCatalog([first, second], { preferEmbedding: false });
    expect(models.map(({ id }) => id)).toEqual(['sure', 'sure-2', 'my-embedder', 'chat', 'quiet']);
  });

  it('reads any rows without throwing, each id once', () => {
    const rows = fc.array(
      fc.oneof(fc.jsonValue(), fc.record({ id: fc.constantFrom('a', 'b', 'c'), tags: fc.jsonValue() })),
    );
    fc.assert(
      fc.property(rows, fc.boolean(), (data, preferEmbedding) => {
        const page = readCatalogPage({ data });
        const ids = mergeCatalog([page, page], { preferEmbedding }).models.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(page.rows.length + page.unusable).toBe(data.length);
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });
});
