import { countOf } from '@/core/count-of';
import type { ModelHint } from '@/core/embedding/model-hints';
import type { ProviderPlan } from '@/core/embedding/read-plan';
import { requestsAtOnce } from '@/core/embedding/send-limit';
import type { SpendEstimate } from '@/core/embedding/spend-estimate';
import type { CatalogModel } from '@/queries/catalog';

/** A number of tokens as exact as an estimate is: two leading digits. */
export function roundTokens(tokens: number): number {
  if (tokens < 100) return tokens;
  const unit = 10 ** (Math.floor(Math.log10(tokens)) - 1);
  return Math.round(tokens / unit) * unit;
}

/** Longest text a model reads, in tokens: what the catalog says, else what is known of the model, never more than the plan lets through. */
export function windowOf(
  model: CatalogModel | null,
  hint: ModelHint | null,
  plan: ProviderPlan | null,
): number | null {
  const own = model?.contextLength ?? hint?.tokens ?? null;
  const most = plan?.maxContextLength ?? null;
  if (own === null || most === null) return own ?? most;
  return Math.min(own, most);
}

/** What is sent: `2,431 texts · about 180,000 tokens · 9 requests`. */
export function describeSpend({ newTexts, newTokens, requests, failedRows }: SpendEstimate): string {
  if (newTexts === 0)
    return failedRows === 0
      ? 'Nothing to send: every text is embedded already.'
      : 'Nothing to send: every text is embedded already or failed before.';
  const tokens = `about ${countOf(roundTokens(newTokens), 'token')}`;
  return [countOf(newTexts, 'new text'), tokens, countOf(requests, 'request')].join(' · ');
}

/** Rows that need no sending, or null where all rows are sent. */
export function describeSkipped({
  rows,
  knownRows,
  blankRows,
  failedRows,
  newTexts,
}: SpendEstimate): string | null {
  const twins = rows - knownRows - blankRows - failedRows - newTexts;
  const parts = [
    newTexts > 0 && knownRows > 0
      ? `${knownRows.toLocaleString('en')} of ${countOf(rows, 'row')} embedded already`
      : null,
    twins > 0 ? `${countOf(twins, 'repeated row')} sent once` : null,
    failedRows > 0
      ? `${countOf(failedRows, 'row')} failed before and ${failedRows === 1 ? 'waits' : 'wait'} for Retry failed`
      : null,
    blankRows > 0 ? `${countOf(blankRows, 'blank row')} not sent` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** Texts that are likely too long for the model. */
export function describeOverWindow({ overWindow }: SpendEstimate, windowTokens: number): string {
  const are = overWindow === 1 ? 'is' : 'are';
  return `${countOf(overWindow ?? 0, 'text')} ${are} likely longer than the ${windowTokens.toLocaleString('en')} tokens it reads: it may cut or refuse them.`;
}

/** How many requests go at once, and why. */
export function describeConcurrency(plan: ProviderPlan | null, cost: number | null): string {
  const units = plan?.concurrency ?? null;
  const atOnce = `${countOf(requestsAtOnce(units, cost), 'request')} at once`;
  if (plan === null || units === null) return `${atOnce}, fewer where that is too many`;
  const has = `plan ${plan.name} has ${countOf(units, 'unit')}`;
  return cost === null
    ? `${atOnce}: ${has}, and what the model takes is not known`
    : `${atOnce}: ${has}, a request takes ${cost}`;
}

/** All models together. */
export function describeTotal(estimates: readonly SpendEstimate[]): string {
  const sum = (pick: (estimate: SpendEstimate) => number) =>
    estimates.reduce((total, estimate) => total + pick(estimate), 0);
  const tokens = roundTokens(sum(({ newTokens }) => newTokens));
  return `Together about ${countOf(tokens, 'token')} in ${countOf(
    sum(({ requests }) => requests),
    'request',
  )}.`;
}
