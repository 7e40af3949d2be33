import { ProviderError } from './provider-error';
import { fieldsOf } from './read-error-body';

/** What an account may do. Null is no cap, or not said. */
export interface ProviderPlan {
  readonly name: string;
  /** Longest text in tokens. */
  readonly maxContextLength: number | null;
  /** Units that may be in use at once. */
  readonly concurrency: number | null;
}

const known = ['id', 'name', 'concurrency', 'max_context_length', 'max_model_size'] as const;

function capIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** Reads the reply of `GET /plan`. Throws ProviderError 'bad-reply' where it holds nothing a plan has. */
export function readPlan(value: unknown): ProviderPlan {
  const outer = fieldsOf(value);
  const plan = fieldsOf(outer?.data) ?? fieldsOf(outer?.plan) ?? outer;
  if (plan === null || !known.some((name) => name in plan))
    throw new ProviderError('bad-reply', 'The reply of the server is no plan.', 200);
  const name = [plan.name, plan.id].find((text) => typeof text === 'string' && text.trim() !== '');
  return {
    name: typeof name === 'string' ? name.trim() : 'without a name',
    maxContextLength: capIn(plan.max_context_length),
    concurrency: capIn(plan.concurrency),
  };
}
