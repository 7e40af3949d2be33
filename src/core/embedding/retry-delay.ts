import type { ProviderError } from './provider-error';

const firstDelayMs = 1000;
const longestDelayMs = 30_000;
const firstColdDelayMs = 15_000;
const longestColdDelayMs = 60_000;
const longestObeyedMs = 300_000;
const retryAfterSpread = 0.1;

/**
 * How long to wait before repetition `retry` (from 1): doubling up to a cap, slower for a model that is being started,
 * and between half and all of that by `random` (0 to 1), so that requests turned away together do not come back
 * together. A Retry-After that asks for more is obeyed, up to five minutes, and exceeded by up to a tenth.
 */
export function retryDelayMs(error: ProviderError, retry: number, random: number): number {
  const isCold = error.kind === 'cold';
  const grown = (isCold ? firstColdDelayMs : firstDelayMs) * 2 ** Math.min(retry - 1, 16);
  const delayMs = Math.min(grown, isCold ? longestColdDelayMs : longestDelayMs) * (0.5 + random / 2);
  const obeyedMs = Math.min(error.retryAfterMs ?? 0, longestObeyedMs) * (1 + retryAfterSpread * random);
  return Math.round(Math.max(delayMs, obeyedMs));
}
