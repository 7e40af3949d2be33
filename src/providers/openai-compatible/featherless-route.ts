import { fieldsOf } from '@/core/embedding/read-error-body';
import { sendRequest } from '@/providers/send-request';
import { featherlessBaseUrl } from './openai-compatible-provider';

/** How requests to Featherless travel, and the base URL they are sent to. */
export interface FeatherlessRoute {
  /** The page's own server that hands them on, or null where they go directly. */
  readonly forwarder: string | null;
  readonly baseUrl: string;
}

const direct: FeatherlessRoute = { forwarder: null, baseUrl: featherlessBaseUrl };
const probeTimeoutMs = 10_000;

function isCatalog(value: unknown): boolean {
  const rows = fieldsOf(value)?.data;
  return (
    Array.isArray(rows) &&
    rows.length > 0 &&
    rows.every((row) => {
      const id = fieldsOf(row)?.id;
      return typeof id === 'string' && id !== '';
    })
  );
}

/**
 * Asks the page's own server, without a key, whether it hands requests on: it does only if it answers with a catalog of the
 * API. Anything else (a static host, a page of its own at every address, no answer) means directly. Never throws; a host
 * that a key may not be sent to unencrypted is not asked.
 */
export async function findFeatherlessRoute(
  pageOrigin: string,
  signal: AbortSignal,
): Promise<FeatherlessRoute> {
  const baseUrl = `${pageOrigin}/featherless/v1`;
  try {
    const { value } = await sendRequest({
      baseUrl,
      path: '/models',
      method: 'GET',
      query: { per_page: 100 },
      key: null,
      signal,
      timeoutMs: probeTimeoutMs,
    });
    return isCatalog(value) ? { forwarder: new URL(pageOrigin).host, baseUrl } : direct;
  } catch {
    return direct;
  }
}
