import { expect, it } from 'vitest';
import type { MapQuality } from '@/queries/map-quality';
import { describeAwaited, describeQuality, describeSample } from './describe-quality';

const layout = (trustworthiness: number | null, continuity: number | null, globalOrder: number | null) => ({
  trustworthiness,
  continuity,
  globalOrder,
  trust: new Float32Array(0),
});
const quality: MapQuality = {
  map: layout(0.9444, 1, 0.4),
  pca: layout(0.83, 0.85, 0.55),
  shuffled: layout(0.5, 0.499, -0.004),
  k: 15,
  points: 20_000,
  sampled: 2000,
  trustOfRow: new Float32Array(0),
};

it('says each measure beside PCA and a shuffled map', () => {
  const lines = describeQuality(quality, false);
  expect(lines.map(({ value, beside }) => `${value} (${beside})`)).toEqual([
    '.94 (PCA .83, shuffled .50)',
    '1.00 (PCA .85, shuffled .50)',
    '.40 (PCA .55, shuffled .00)',
  ]);
  expect(lines[0]?.definition).toMatch(/^Trustworthiness at 15/);
  expect(describeQuality(quality, true)[0]?.beside).toBe('shuffled .50');
  const none = { ...quality, map: layout(null, null, -0.25) };
  expect(describeQuality(none, false).map(({ value }) => value)).toEqual(['not known', 'not known', '−.25']);
});

it('says on how many rows the numbers rest', () => {
  expect(describeSample(quality)).toBe('From 2,000 of 20,000 points, by chance.');
  expect(describeSample({ ...quality, sampled: 20_000 })).toBe('');
});

it('keeps the places of numbers that are not there yet', () => {
  const measured = describeQuality(quality, false);
  expect(describeAwaited(false).map(({ name }) => name)).toEqual(measured.map(({ name }) => name));
  expect(describeAwaited(false)[0]?.beside).toBe('PCA …, shuffled …');
  expect(describeAwaited(true)[0]?.beside).toBe('shuffled …');
});
