import { afterEach, describe, expect, it, vi } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { ProviderError } from '@/core/embedding/provider-error';
import {
  createOpenAiCompatibleProvider,
  featherlessBaseUrl,
  type OpenAiCompatibleOptions,
} from './openai-compatible-provider';
import { createOriginMemory } from './origin-memory';

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Sent {
  readonly url: URL;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** Stands in for a server: answers from the request's address and body, and keeps what was sent. */
function serve(answer: (url: URL, body: unknown) => unknown): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (url: URL, init: { body?: string; headers: Record<string, string> }) => {
    const body: unknown = init.body === undefined ? null : JSON.parse(init.body);
    sent.push({ url, body, authorization: init.headers.Authorization });
    return Response.json(answer(url, body));
  });
  return sent;
}

const { signal } = new AbortController();

function provide(options: Partial<OpenAiCompatibleOptions> = {}) {
  return createOpenAiCompatibleProvider({
    preset: 'openai-compatible',
    baseUrl: 'https://api.example.com/v1',
    readKey: () => null,
    ...options,
  });
}

const featherless = { preset: 'featherless', baseUrl: featherlessBaseUrl } as const;

describe('the catalog of Featherless', () => {
  const rows = Array.from({ length: 5 }, (_, i) => ({ id: `org/embed model-${i}` }));

  it('is read page by page until the last, one request at a time', async () => {
    let underWay = 0;
    const sent = serve((url) => {
      expect(++underWay).toBe(1);
      const page = Number(url.searchParams.get('page'));
      const data = rows.slice(2 * page - 2, 2 * page + 1);
      underWay--;
      return { data, pagination: { current_page: page, total_pages: 3 } };
    });
    const catalog = await provide({ ...featherless, readKey: () => 'secret' }).loadCatalog(signal);
    expect(sent.map(({ url }) => url.href)).toEqual(
      [1, 2, 3].map((page) => `${featherlessBaseUrl}/models?modalities=embedding&per_page=1000&page=${page}`),
    );
    expect(sent.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true);
    expect(catalog.models.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(catalog.models[0]).toEqual({
      id: 'org/embed model-0',
      name: 'org/embed model-0',
      embeds: 'weak',
      contextLength: null,
      availability: null,
      gated: null,
      availableOnPlan: null,
      concurrencyCost: null,
      page: 'https://featherless.ai/models/org/embed%20model-0',
    });
    expect(catalog.remarks).toEqual(['2 rows came more than once and are listed once.']);
  });

  it('ends at a page without new rows where no number of pages is given', async () => {
    const sent = serve((url) => ({ data: url.searchParams.get('page') === '1' ? rows : rows.slice(1) }));
    expect((await provide(featherless).loadCatalog(signal)).models).toHaveLength(5);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.authorization).toBeUndefined();
  });

  it('ends after a hundred pages, and says so', async () => {
    const sent = serve((url) => ({ data: [{ id: `m-${url.searchParams.get('page')}` }] }));
    const catalog = await provide(featherless).loadCatalog(signal);
    expect(sent).toHaveLength(100);
    expect(catalog.remarks.join()).toMatch(/100 pages/);
  });

  it('leaves out what is clearly something else', async () => {
    serve(() => ({ data: [{ id: 'chat', output_modalities: ['text'] }, { id: 'quiet' }] }));
    const { models } = await provide(featherless).loadCatalog(signal);
    expect(models.map(({ id }) => id)).toEqual(['quiet']);
  });
});

describe('the catalog of another server', () => {
  it('is one request, all rows listed, without pages to link to', async () => {
    const sent = serve(() => ({
      object: 'list',
      data: [{ id: 'chat', type: 'chat' }, { id: 'text-embed' }],
    }));
    const { models } = await provide().loadCatalog(signal);
    expect(sent.map(({ url }) => url.href)).toEqual(['https://api.example.com/v1/models']);
    expect(models.map(({ id, page }) => [id, page])).toEqual([
      ['text-embed', null],
      ['chat', null],
    ]);
  });

  it('follows pages where the reply has them', async () => {
    const sent = serve((url) => ({
      data: [{ id: `m-${url.searchParams.get('page') ?? 1}` }],
      pagination: { per_page: 1, total_pages: 3 },
    }));
    expect((await provide().loadCatalog(signal)).models).toHaveLength(3);
    expect(sent.map(({ url }) => url.search)).toEqual(['', '?per_page=1&page=2', '?per_page=1&page=3']);
  });
});

describe('a session', () => {
  const open = (
    dimensions: number | null,
    readKey: () => string | null = () => null,
    memory = createOriginMemory(),
  ) =>
    provide({ readKey, memory }).openSession({ model: 'Org/M', dimensions, corpus: packTexts([]), signal });

  const batchOf = (...texts: string[]) => ({ rows: texts.map((_, row) => row), texts });
  const textsIn = (body: unknown) => (body as { input: string[] }).input;
  const encode = (numbers: number[]) => Buffer.from(Float32Array.from(numbers).buffer).toString('base64');

  it('asks for dimensions only where they are wanted, and keeps to numbers where base64 is not sent', async () => {
    const sent = serve((_, body) => ({
      data: textsIn(body)
        .map((_text, index) => ({ index, embedding: [3, 4] }))
        .reverse(),
      model: 'Org/M',
      usage: { total_tokens: 5 },
    }));
    const memory = createOriginMemory();
    const session = await open(null, () => null, memory);
    expect(session.batches).toEqual({
      start: { maxTexts: 32, maxBytes: 1_000_000 },
      most: { maxTexts: 512, maxBytes: 2_000_000 },
      step: { maxTexts: 16, maxBytes: 250_000 },
    });
    const reply = await session.embedBatch(batchOf('a', 'b'), signal);
    expect([...reply.values]).toEqual([3, 4, 3, 4]);
    expect(reply).toMatchObject({ width: 2, tokens: 5, model: 'Org/M', failures: [], notes: [] });
    const shortened = await (await open(2, () => null, memory)).embedBatch(batchOf('a'), signal);
    expect(shortened.notes).toEqual([]);
    expect(sent.map(({ url }) => url.href)).toEqual(Array(2).fill('https://api.example.com/v1/embeddings'));
    expect(sent.map(({ body }) => body)).toEqual([
      { model: 'Org/M', input: ['a', 'b'], encoding_format: 'base64' },
      { model: 'Org/M', input: ['a'], encoding_format: 'float', dimensions: 2 },
    ]);
  });

  it('tries base64 with one batch of the origin, then uses it in all its sessions', async () => {
    const sent = serve((_, body) => ({
      data: textsIn(body).map((text, index) => ({ index, embedding: encode([text.length, 1]) })),
    }));
    const memory = createOriginMemory();
    const session = await open(null, () => null, memory);
    const [first] = await Promise.all([
      session.embedBatch(batchOf('a', 'bb'), signal),
      session.embedBatch(batchOf('c'), signal),
    ]);
    expect([...first!.values]).toEqual([1, 1, 2, 1]);
    expect(first!.notes).toEqual([]);
    await (await open(null, () => null, memory)).embedBatch(batchOf('d'), signal);
    expect(sent.map(({ body }) => (body as { encoding_format: string }).encoding_format)).toEqual([
      'base64',
      'float',
      'base64',
    ]);
  });

  it.each([
    ['holds other numbers', () => ({ data: [{ index: 0, embedding: encode([1e30, 3]) }] })],
    ['is refused', () => ({ error: { message: 'encoding_format must be float', code: 400 } })],
    ['cannot be decoded', () => ({ data: [{ index: 0, embedding: '%%%' }] })],
  ])('asks the same batch for numbers where base64 %s', async (_case, refuse) => {
    const sent = serve((_, body) =>
      (body as { encoding_format: string }).encoding_format === 'base64'
        ? refuse()
        : { data: [{ index: 0, embedding: [1, 2] }] },
    );
    const memory = createOriginMemory();
    const session = await open(null, () => null, memory);
    expect([...(await session.embedBatch(batchOf('a'), signal)).values]).toEqual([1, 2]);
    await session.embedBatch(batchOf('b'), signal);
    expect(sent.map(({ body }) => textsIn(body))).toEqual([['a'], ['a'], ['b']]);
    expect(memory).toMatchObject({ encoding: 'float', isProbing: false });
  });

  it('learns nothing about base64 from a full or cold server', async () => {
    const errors = [
      { error: { message: 'Slow down', code: 'rate_limit' } },
      { error: { message: 'The model is warming up', code: 'model_not_ready' } },
    ];
    const sent = serve(() => errors.shift() ?? { data: [{ index: 0, embedding: encode([1, 2]) }] });
    const memory = createOriginMemory();
    const session = await open(null, () => null, memory);
    for (const kind of ['busy', 'cold']) {
      await expect(session.embedBatch(batchOf('a'), signal)).rejects.toMatchObject({ kind });
    }
    expect(memory).toEqual(createOriginMemory());
    await session.embedBatch(batchOf('a'), signal);
    expect(memory.encoding).toBe('base64');
    expect(sent).toHaveLength(3);
  });

  it('leaves dimensions out once they are refused, cuts here and says so', async () => {
    const sent = serve((_, body) =>
      'dimensions' in (body as object)
        ? { error: { message: 'dimensions is not supported', code: 400 } }
        : { data: textsIn(body).map((_text, index) => ({ index, embedding: [3, 4, 12] })) },
    );
    const session = await open(2, () => null, { ...createOriginMemory(), encoding: 'float' });
    const reply = await session.embedBatch(batchOf('a'), signal);
    expect([...reply.values]).toEqual([3, 4]);
    expect(reply.notes.join()).toMatch(/refused to shorten vectors to 2.*length 3; they were cut to 2 here/);
    await session.embedBatch(batchOf('b'), signal);
    expect(sent.map(({ body }) => textsIn(body))).toEqual([['a'], ['a'], ['b']]);
  });

  it('reads the key for each request and holds vectors to the first length', async () => {
    const keys = ['one', 'two'];
    const lengths = [2, 3];
    const sent = serve(() => ({ data: [{ index: 0, embedding: Array(lengths.shift()).fill(1) }] }));
    const session = await open(null, () => keys.shift() ?? null);
    const batch = { rows: [0], texts: ['a'] };
    expect((await session.embedBatch(batch, signal)).failures).toEqual([]);
    expect((await session.embedBatch(batch, signal)).failures[0]?.reason).toMatch(/length 3/);
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer one', 'Bearer two']);
  });

  it('sends nothing once closed', async () => {
    vi.stubGlobal('fetch', async (_: URL, init: RequestInit) => {
      init.signal?.throwIfAborted();
      return Response.json({ data: [] });
    });
    const session = await open(null);
    session.close();
    session.close();
    await expect(session.embedBatch({ rows: [0], texts: ['a'] }, signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('the provider', () => {
  it('names its host and refuses a base URL that may not be used', () => {
    expect(provide({ baseUrl: 'http://127.0.0.1:8787/v1' }).host).toBe('127.0.0.1:8787');
    expect(() => provide({ baseUrl: 'http://example.com/v1' })).toThrow(
      expect.objectContaining({ kind: 'rejected' }),
    );
  });
});

describe('the plan', () => {
  it('is asked with the key, where requests are sent', async () => {
    const sent = serve(() => ({ id: 'p', name: 'Chat', concurrency: 4, max_context_length: null }));
    const provider = provide({
      ...featherless,
      readKey: () => 'secret',
      findBaseUrl: async () => 'http://127.0.0.1:4173/featherless/v1',
    });
    expect(await provider.loadPlan(signal)).toEqual({ name: 'Chat', concurrency: 4, maxContextLength: null });
    expect(sent.map(({ url, authorization }) => [url.href, authorization])).toEqual([
      ['http://127.0.0.1:4173/featherless/v1/plan', 'Bearer secret'],
    ]);
    expect(provider.host).toBe('api.featherless.ai');
  });

  it.each([404, 405, 501])(
    'is null where another server answers %i, and an error of Featherless',
    async (status) => {
      vi.stubGlobal('fetch', async () => new Response('{"error":"no such route"}', { status }));
      expect(await provide().loadPlan(signal)).toBeNull();
      await expect(provide(featherless).loadPlan(signal)).rejects.toBeInstanceOf(ProviderError);
    },
  );

  it('tells a key that was refused', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"error":{"code":"unauthorized"}}', { status: 401 }));
    await expect(provide().loadPlan(signal)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});
