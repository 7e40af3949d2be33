import { expect, it } from 'vitest';
import { makeCatalog, pageCatalog } from './catalog';

const served = ['local/a', 'local/b', 'org/Case-Matters'].map((id, i) => ({
  id,
  dimensions: 8 * (i + 1),
  cuttable: false,
  embed: () => new Float32Array(8),
}));

function page(size: number, query: string) {
  return pageCatalog(makeCatalog(served, size), new URLSearchParams(query), false);
}

it('sends everything without per_page', () => {
  const all = page(2500, '');
  expect(all.data).toHaveLength(2500);
  expect(all.total).toBe(2500);
  expect(all.pagination).toEqual({ current_page: 1, per_page: 2500, total_items: 2500, total_pages: 1 });
  expect(new Set(all.data.map((row) => row.id)).size).toBe(2500);
});

it('pages plainly without the embedding filter', () => {
  const pages = [1, 2, 3, 4].map((number) => page(2500, `per_page=1000&page=${number}`));
  expect(pages.map(({ data }) => data.length)).toEqual([1000, 1000, 500, 0]);
  expect(pages[0]?.pagination.total_pages).toBe(3);
});

it.each([
  ['1', 100],
  ['99', 100],
  ['250', 250],
  ['5000', 1000],
  ['many', 100],
])('counts per_page=%s as %i', (asked, counted) => {
  const { data, pagination } = page(2500, `per_page=${asked}`);
  expect(pagination.per_page).toBe(counted);
  expect(data).toHaveLength(counted);
});

it('lets unwanted rows through the embedding filter and repeats one row from page to page', () => {
  const first = page(2500, 'modalities=embedding&per_page=100');
  const { total_pages: count, total_items: total } = first.pagination;
  const pages = Array.from(
    { length: count },
    (_, i) => page(2500, `modalities=embedding&per_page=100&page=${i + 1}`).data,
  );
  for (let i = 1; i < count; i++) expect(pages[i]?.[0]).toEqual(pages[i - 1]?.at(-1));
  const ids = pages.flat().map((row) => row.id);
  expect(ids).toHaveLength(total + count - 1);
  expect(new Set(ids).size).toBe(total);
  expect(ids).toEqual(
    expect.arrayContaining([
      'local/a',
      'local/b',
      'org/Case-Matters',
      'local/chat-embedded-systems-24b',
      'local/embed-reranker-large',
    ]),
  );
  expect(ids).not.toContain('local/chat-8b');
  expect(ids).not.toContain('local/rerank-base');
  expect(page(2500, `modalities=embedding&per_page=100&page=${count + 1}`).data).toEqual([]);
});

it('searches ids and names without regard to case', () => {
  expect(page(0, 'q=case-matt').data.map((row) => row.id)).toEqual(['org/Case-Matters']);
  expect(page(0, 'q=nothing-like-this')).toMatchObject({
    data: [],
    total: 0,
    pagination: { total_pages: 1 },
  });
});
