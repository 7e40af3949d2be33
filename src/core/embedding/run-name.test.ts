import { expect, it } from 'vitest';
import { asWritten, type RunSpec } from './run';
import { runName, suggestedTexts } from './run-name';

const model = 'intfloat/multilingual-e5-large';
const spec: RunSpec = {
  provider: 'featherless',
  baseUrl: 'https://api.example.com/v1',
  model,
  dimensions: null,
  texts: suggestedTexts(model),
  datasetId: 'd',
};

it('says what differs from what the model suggests, so that runs of one model have names apart', () => {
  const names = [
    spec,
    { ...spec, dimensions: 256 },
    { ...spec, texts: asWritten },
    { ...spec, texts: { ...spec.texts, side: 'query' as const } },
    { ...spec, texts: { ...spec.texts, documentPrefix: 'A  text about the harbour: ' } },
    { ...spec, texts: { ...spec.texts, queryPrefix: '' } },
    { ...spec, texts: { ...spec.texts, maxTokens: 1024 } },
  ].map(runName);
  expect(names).toEqual([
    'multilingual-e5-large',
    'multilingual-e5-large · 256',
    'multilingual-e5-large · no prefix · no query prefix',
    'multilingual-e5-large · as queries',
    'multilingual-e5-large · prefix “A text about the…”',
    'multilingual-e5-large · no query prefix',
    'multilingual-e5-large · ≤ 1,024 tokens',
  ]);
  expect(new Set(names).size).toBe(names.length);
});

it('calls a baseline by its name', () => {
  expect(
    runName({ ...spec, provider: 'baseline', model: 'baseline/words-lsa', texts: asWritten }),
  ).not.toContain('words-lsa');
});
