import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shortModelName } from './model-name';
import { asWritten, type RunSpec } from './run';
import { runIdOf } from './run-id';

const spec: RunSpec = {
  provider: 'openai-compatible',
  baseUrl: 'https://api.example.com/v1',
  model: 'Org/Model-é',
  dimensions: null,
  texts: asWritten,
  datasetId: '0123456789abcdef',
};

describe('runIdOf', () => {
  it('is the model and the hash of the whole spec', () => {
    const parts = [
      'openai-compatible',
      'https://api.example.com/v1',
      'Org/Model-é',
      null,
      '0123456789abcdef',
    ];
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    expect(runIdOf(spec)).toBe(`Org/Model-é#${digest.slice(0, 8)}`);
  });

  it('is the same for two spellings of one address', () => {
    expect(runIdOf({ ...spec, baseUrl: ' https://API.example.com:443/v1/ ' })).toBe(runIdOf(spec));
  });

  it('differs with every part', () => {
    const others: RunSpec[] = [
      spec,
      { ...spec, provider: 'featherless' },
      { ...spec, baseUrl: 'https://api.example.com/v2' },
      { ...spec, baseUrl: '' },
      { ...spec, dimensions: 256 },
      { ...spec, datasetId: 'f' },
      { ...spec, texts: { ...asWritten, side: 'query' } },
      { ...spec, texts: { ...asWritten, documentPrefix: 'passage: ' } },
      { ...spec, texts: { ...asWritten, queryPrefix: 'passage: ' } },
      { ...spec, texts: { ...asWritten, maxTokens: 512 } },
      { ...spec, model: 'Org/model-é' },
    ];
    expect(new Set(others.map(runIdOf)).size).toBe(others.length);
  });
});

describe('shortModelName', () => {
  it.each([
    ['Qwen/Qwen3-Embedding-8B', 'Qwen3-Embedding-8B'],
    ['plain', 'plain'],
    ['a/b/c', 'c'],
    ['a/b/', 'b'],
    ['/', '/'],
  ])('%s → %s', (id, name) => {
    expect(shortModelName(id)).toBe(name);
  });
});
