import { describe, expect, it } from 'vitest';
import { describeModel, splitModelId } from './describe-model';
import type { ListedModel } from './list-models';

const blank: ListedModel = {
  id: 'someone/unheard-of',
  name: 'Unheard of',
  embeds: 'strong',
  contextLength: null,
  availability: null,
  gated: null,
  availableOnPlan: null,
  concurrencyCost: null,
  page: null,
  isByHand: false,
};

const hint = {
  id: 'someone/unheard-of',
  dimension: 1024,
  cuts: null,
  tokens: 8192,
  query: null,
  document: null,
};

describe('describeModel', () => {
  it('joins what the catalog and the hints know', () => {
    expect(describeModel({ ...blank, availability: 'warm' }, hint)).toBe('8k tokens · 1,024 numbers · warm');
    expect(
      describeModel(
        {
          ...blank,
          contextLength: 512,
          availability: 'cold',
          availableOnPlan: false,
          gated: true,
        },
        null,
      ),
    ).toBe('512 tokens · cold, first reply takes minutes · needs a larger plan · gated');
    expect(describeModel({ ...blank, contextLength: 4096 }, hint)).toBe('4k tokens · 1,024 numbers');
    expect(describeModel({ ...blank, contextLength: 128_000 }, null)).toBe('128k tokens');
    expect(describeModel({ ...blank, contextLength: 200_500 }, null)).toBe('200k tokens');
  });

  it('says when nothing marks the model as one that embeds, and when it was typed', () => {
    expect(describeModel({ ...blank, embeds: 'none' }, null)).toBe('not marked as embedding');
    expect(describeModel({ ...blank, embeds: 'none', isByHand: true }, null)).toBe('added by hand');
    expect(describeModel(blank, null)).toBe('nothing more is known');
  });

  it('says of the baselines that they are lexical', () => {
    expect(describeModel({ ...blank, id: 'baseline/words-lsa' }, null)).toContain('Lexical, not semantic');
  });
});

describe('splitModelId', () => {
  it('cuts after the last slash inside', () => {
    expect(splitModelId('Qwen/Qwen3-Embedding-8B')).toEqual({
      organisation: 'Qwen/',
      name: 'Qwen3-Embedding-8B',
    });
    expect(splitModelId('nomic-embed-text')).toEqual({ organisation: '', name: 'nomic-embed-text' });
    expect(splitModelId('a/b/c')).toEqual({ organisation: 'a/b/', name: 'c' });
    expect(splitModelId('odd/')).toEqual({ organisation: '', name: 'odd/' });
  });
});
