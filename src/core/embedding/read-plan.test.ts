import { describe, expect, it } from 'vitest';
import { ProviderError } from './provider-error';
import { readPlan } from './read-plan';

describe('readPlan', () => {
  it('reads what is documented', () => {
    const plan = { id: 'p1', name: 'Chat', max_context_length: 32768, max_model_size: null, concurrency: 4 };
    expect(readPlan(plan)).toEqual({ name: 'Chat', maxContextLength: 32768, concurrency: 4 });
  });

  it('takes null, absent and senseless caps for none', () => {
    expect(readPlan({ id: 'dev', concurrency: null })).toEqual({
      name: 'dev',
      maxContextLength: null,
      concurrency: null,
    });
    expect(readPlan({ name: ' ', max_context_length: -1, concurrency: '4' })).toEqual({
      name: 'without a name',
      maxContextLength: null,
      concurrency: null,
    });
  });

  it('unwraps a plan inside data or plan', () => {
    for (const name of ['data', 'plan'])
      expect(readPlan({ [name]: { name: 'Inner', concurrency: 2 } })).toMatchObject({
        name: 'Inner',
        concurrency: 2,
      });
  });

  it.each([null, [], 'Chat', {}, { object: 'list', data: [] }])('refuses %j', (value) => {
    expect(() => readPlan(value)).toThrow(ProviderError);
  });
});
