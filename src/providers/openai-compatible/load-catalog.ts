import { type CatalogPage, mergeCatalog, readCatalogPage } from '@/core/embedding/read-catalog';
import type { Catalog } from '@/providers/provider';
import { sendRequest } from '@/providers/send-request';

/** Where a catalog is, and which kind of server keeps it. */
export interface CatalogSource {
  readonly baseUrl: string;
  readonly key: string | null;
  /** Featherless is asked for embedding models only, page by page. */
  readonly isFeatherless: boolean;
}

const rowsPerPage = 1000;
const mostPages = 100;
const timeoutMs = 30_000;

/** Address of a model's page on Featherless, with the slash of its id kept. */
export function pageOf(modelId: string): string {
  return `https://featherless.ai/models/${modelId.split('/').map(encodeURIComponent).join('/')}`;
}

function queryFor(
  source: CatalogSource,
  page: number,
  first: CatalogPage | undefined,
): Readonly<Record<string, string | number>> {
  if (source.isFeatherless) return { modalities: 'embedding', per_page: rowsPerPage, page };
  if (page === 1) return {};
  return first?.perPage == null ? { page } : { per_page: first.perPage, page };
}

/**
 * Loads a catalog, one page after the other, until the last one, a page without new rows, or the cap on pages. Throws
 * ProviderError, or AbortError when cancelled; a catalog is whole or not there.
 */
export async function loadCatalog(source: CatalogSource, signal: AbortSignal): Promise<Catalog> {
  const pages: CatalogPage[] = [];
  const seen = new Set<string>();
  let isCapped = false;
  for (let page = 1; ; page++) {
    const { value } = await sendRequest({
      baseUrl: source.baseUrl,
      path: '/models',
      method: 'GET',
      query: queryFor(source, page, pages[0]),
      key: source.key,
      signal,
      timeoutMs,
    });
    const read = readCatalogPage(value);
    pages.push(read);
    const seenBefore = seen.size;
    for (const row of read.rows) seen.add(row.id);
    const lastPage = read.totalPages ?? (source.isFeatherless ? Number.POSITIVE_INFINITY : 1);
    if (seen.size === seenBefore || page >= lastPage) break;
    isCapped = page >= mostPages;
    if (isCapped) break;
  }
  const { models, remarks } = mergeCatalog(pages, { preferEmbedding: source.isFeatherless });
  const capped = `The catalog has more than ${mostPages} pages; only these were read.`;
  return {
    models: models.map(({ doesOther: _, ...model }) => ({
      ...model,
      page: source.isFeatherless ? pageOf(model.id) : null,
    })),
    remarks: isCapped ? [...remarks, capped] : remarks,
  };
}
