import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampSettings,
  defaultProjectionSettings,
  layoutOfVectors,
  projectionMethods,
  projectionRanges,
} from './projection';

it('a layout of vectors takes no coordinates of the data', () => {
  const settings = { ...defaultProjectionSettings, seed: 7, columns: ['x', 'y'] as const };
  expect(layoutOfVectors({ ...settings, method: 'columns' })).toEqual({
    ...defaultProjectionSettings,
    seed: 7,
  });
  expect(layoutOfVectors({ ...settings, method: 'pca' }).method).toBe('pca');
});

describe('clampSettings', () => {
  it('gives the defaults for nothing', () => {
    expect(clampSettings({})).toEqual({ method: 'umap', neighbours: 15, minDist: 0.1, seed: 42 });
    expect(clampSettings({})).toEqual(defaultProjectionSettings);
  });

  it('keeps valid settings', () => {
    const settings = { method: 'pca', neighbours: 200, minDist: 0.99, seed: 2147483647 } as const;
    expect(clampSettings(settings)).toEqual(settings);
  });

  it('knows the methods and takes UMAP for any other', () => {
    const columns = ['x', 'y'] as const;
    for (const method of projectionMethods)
      expect(clampSettings({ method, columns })).toMatchObject({ method, columns });
    // Coordinates of the data need to be named.
    expect(clampSettings({ method: 'columns' }).method).toBe('umap');
    const restored: object = { method: 'tsne' };
    expect(clampSettings(restored).method).toBe('umap');
  });

  it('brings settings to the nearest valid ones', () => {
    expect(clampSettings({ neighbours: 1, minDist: -3, seed: -1 })).toMatchObject({
      neighbours: 2,
      minDist: 0,
      seed: 0,
    });
    expect(clampSettings({ neighbours: 1e9, minDist: 1, seed: 2 ** 40 })).toMatchObject({
      neighbours: 200,
      minDist: 0.99,
      seed: 2147483647,
    });
    expect(clampSettings({ neighbours: 7.6, seed: 3.2 })).toMatchObject({ neighbours: 8, seed: 3 });
    expect(clampSettings({ neighbours: Number.NaN }).neighbours).toBe(15);
  });

  it('returns valid settings for any numbers, and the same again for its own result', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.double(), (neighbours, minDist, seed) => {
        const settings = clampSettings({ method: 'umap', neighbours, minDist, seed });
        for (const name of ['neighbours', 'minDist', 'seed'] as const) {
          expect(settings[name]).toBeGreaterThanOrEqual(projectionRanges[name].min);
          expect(settings[name]).toBeLessThanOrEqual(projectionRanges[name].max);
        }
        expect(Number.isInteger(settings.neighbours) && Number.isInteger(settings.seed)).toBe(true);
        expect(clampSettings(settings)).toEqual(settings);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
