import type { ProviderPlan } from './read-plan';

/** A plan in a few words: "plan Chat, 4 requests at once". */
export function describePlan({ name, concurrency }: ProviderPlan): string {
  if (concurrency === null) return `plan ${name}, no limit of requests at once`;
  return `plan ${name}, ${concurrency.toLocaleString('en')} request${concurrency === 1 ? '' : 's'} at once`;
}
