import { expect, it } from 'vitest';
import { hintFor } from './model-hints';

it('finds a hint whatever the capitals, and none for an unknown model', () => {
  expect(hintFor(' qwen/QWEN3-embedding-8b ')).toMatchObject({ dimension: 4096, cuts: { from: 32 } });
  expect(hintFor('BAAI/bge-m3')).toMatchObject({ dimension: 1024, cuts: null, tokens: 8192 });
  expect(hintFor('intfloat/multilingual-e5-large')).toMatchObject({
    query: 'query: ',
    document: 'passage: ',
  });
  expect(hintFor('Qwen3-Embedding-8B')).toBeNull();
});
