import type { ProviderError } from './provider-error';

const firstDelayMs = 1000;
const longestDelayMs = 30_000;
const firstColdDelayMs = 15_000;
const longestColdDelayMs = 60_000;
const longestObeyedMs = 300_000;

/**
 * How long to wait before repetition `retry` (from 1): doubling up to a cap, slower for a model that is being started.
 * A Retry-After that asks for more is obeyed, up to five minutes.
 */
export function retryDelayMs(error: ProviderError, retry: number): number {
  const isCold = error.kind === 'cold';
  const grown = (isCold ? firstColdDelayMs : firstDelayMs) * 2 ** (retry - 1);
  const delayMs = Math.min(grown, isCold ? longestColdDelayMs : longestDelayMs);
  return Math.max(delayMs, Math.min(error.retryAfterMs ?? 0, longestObeyedMs));
}
