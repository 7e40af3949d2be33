import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/core/embedding/provider-error';
import { describeCatalogFailure } from './describe-catalog-failure';

describe('describeCatalogFailure', () => {
  it('names network, blocker and CORS where a page cannot tell them apart, and what still works', () => {
    const failure = describeCatalogFailure(
      new ProviderError('unreachable', 'It could not be reached.'),
      'featherless',
      'api.featherless.ai',
    );
    expect(failure.headline).toBe('The catalog of api.featherless.ai could not be reached.');
    for (const word of ['connection', 'blocker', 'CORS', 'baselines', 'by its id'])
      expect(failure.text).toContain(word);
    expect(failure.text).not.toContain('base URL');
    expect(failure.remedy).toBeNull();
  });

  it('points at the base URL of other servers and at a key that is missing', () => {
    const silent = new ProviderError('unreachable', 'No.');
    expect(describeCatalogFailure(silent, 'openai-compatible', 'h:1')).toMatchObject({ remedy: 'base-url' });
    const locked = new ProviderError('unauthorized', 'The key was refused.', 401, 'unauthorized');
    expect(describeCatalogFailure(locked, 'openai-compatible', 'h:1')).toMatchObject({
      remedy: 'key',
      headline: 'The catalog of h:1 did not come.',
      detail: 'HTTP 401 · The key was refused. · unauthorized',
    });
  });

  it('says something for any kind of trouble', () => {
    const kinds = [
      'forbidden',
      'not-found',
      'busy',
      'cold',
      'server',
      'rejected',
      'bad-reply',
      'timeout',
    ] as const;
    for (const kind of kinds) {
      const { text } = describeCatalogFailure(new ProviderError(kind, 'Words.'), 'openai-compatible', 'h');
      expect(text).toContain('stay as they are');
    }
    expect(describeCatalogFailure(new Error('broken'), 'featherless', 'h').detail).toBe('broken');
  });
});
