import { expect, test } from 'vitest';
import { defaultProjectionSettings } from '@/core/projection/projection';
import type { Projection } from '@/queries/projection';
import { describeMissing, describeProjection } from './describe-projection';

const settings = defaultProjectionSettings;
const projection: Projection = {
  positions: new Float32Array(2400),
  placed: 1200,
  method: 'umap',
  done: 500,
  total: 500,
  twins: 0,
  explained: null,
  remark: null,
  recall: null,
};

test('says what is on its way, and that it can be used', () => {
  const before = { projection: null, settings, isReady: false, isStopped: false };
  expect(describeProjection(before).headline).toMatch(/Drawing/);
  const first = { ...before, projection: { ...projection, method: 'pca', done: 0, total: 0 } as const };
  expect(describeProjection(first).headline).toMatch(/PCA/);
  const later = { ...before, projection: { ...projection, done: 180 } };
  expect(describeProjection(later).text).toContain('Step 180 of 500');
});

test('a stopped layout says after which step', () => {
  const stopped = { projection: { ...projection, done: 70 }, settings, isReady: false, isStopped: true };
  expect(describeProjection(stopped).text).toContain('70 of 500');
});

test('a finished map names what it was drawn with, twins and remarks included', () => {
  const { headline, text } = describeProjection({
    projection: { ...projection, twins: 3, remark: 'k was reduced' },
    settings: { ...settings, seed: 7 },
    isReady: true,
    isStopped: false,
  });
  expect(headline).toBe('UMAP');
  for (const part of ['1,200 rows', '15 neighbours', 'min-dist 0.1', 'seed 7', '3 share', 'k was reduced'])
    expect(text).toContain(part);
});

test('PCA says how much of the spread it shows', () => {
  const shown = { ...projection, method: 'pca' as const, explained: [0.2, 0.113] as const };
  expect(describeProjection({ projection: shown, settings, isReady: true, isStopped: false }).text).toContain(
    '31 %',
  );
});

test('coordinates of the data name their columns and nothing that vectors would say', () => {
  const shown = {
    projection: { ...projection, method: 'columns' as const, done: 0, total: 0 },
    settings: { ...settings, method: 'columns' as const, columns: ['lon', 'lat'] as const },
    isReady: true,
    isStopped: false,
  };
  expect(describeProjection(shown)).toEqual({
    headline: 'Coordinates from the file',
    text: '1,200 rows · across: lon · up: lat',
  });
});

test('rows left out are counted', () => {
  expect(describeMissing(0, 'umap')).toBe('');
  expect(describeMissing(1, 'pca')).toContain('1 row without a vector is');
  expect(describeMissing(1500, 'umap')).toContain('1,500 rows without a vector are');
  expect(describeMissing(2, 'columns')).toContain('2 rows without two numbers as coordinates are');
});

test('approximate neighbours are said with what was measured', () => {
  const recall = { value: 0.987, rows: 200 };
  const shown = { projection: { ...projection, recall }, settings, isReady: true, isStopped: false };
  expect(describeProjection(shown).text).toMatch(/Approximate neighbours: 98\.7 %.*200 rows/);
  expect(describeProjection({ ...shown, projection }).text).not.toContain('Approximate');
});
