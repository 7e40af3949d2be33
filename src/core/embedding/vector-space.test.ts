import { expect, test } from 'vitest';
import { asWritten, type RunSpec } from './run';
import { vectorSpaceOf } from './vector-space';

const spec: RunSpec = {
  provider: 'openai-compatible',
  baseUrl: 'https://api.example.com/v1',
  model: 'Org/Model',
  dimensions: null,
  texts: asWritten,
  datasetId: 'one',
};

test('runs of one model share a space, whatever the dataset and however the address is written', () => {
  const { id } = vectorSpaceOf(spec);
  expect(id).toMatch(/^[0-9a-f]{16}$/);
  expect(vectorSpaceOf({ ...spec, datasetId: 'other' }).id).toBe(id);
  expect(vectorSpaceOf({ ...spec, baseUrl: ' https://API.example.com:443/v1/' }).id).toBe(id);
  expect(vectorSpaceOf({ ...spec, provider: 'featherless' }).id).toBe(id);
});

test('address, model and dimensions part spaces', () => {
  const others: RunSpec[] = [
    spec,
    { ...spec, baseUrl: 'https://api.example.com/v2' },
    { ...spec, baseUrl: 'https://other.example.com/v1' },
    { ...spec, model: 'org/model' },
    { ...spec, dimensions: 256 },
  ];
  expect(new Set(others.map((other) => vectorSpaceOf(other).id)).size).toBe(others.length);
});

test('a baseline’s vectors belong to its dataset', () => {
  const baseline: RunSpec = { ...spec, provider: 'baseline', baseUrl: '' };
  expect(vectorSpaceOf(baseline).id).not.toBe(vectorSpaceOf({ ...baseline, datasetId: 'other' }).id);
});
