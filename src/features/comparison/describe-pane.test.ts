import { describe, expect, it } from 'vitest';
import { describePane } from './describe-pane';

const umap = { method: 'umap', done: 120, total: 500, placed: 297 } as const;
const start = { method: 'pca', done: 0, total: 0, placed: 1200 } as const;
const underWay = { rowCount: 300, isReady: false, isStopped: false };

describe('describePane', () => {
  it('says how far a map is', () => {
    expect(describePane({ ...underWay, projection: null })).toBe('Looking at how the vectors spread');
    expect(describePane({ ...underWay, rowCount: 1200, projection: start })).toBe(
      'PCA, then UMAP · 1,200 rows',
    );
    expect(describePane({ ...underWay, projection: umap })).toBe(
      'UMAP, step 120 of 500 · 297 rows · 3 without a vector',
    );
  });

  it('says when it is done, and as what', () => {
    expect(describePane({ ...underWay, rowCount: 297, isReady: true, projection: umap })).toBe(
      'UMAP · 297 rows',
    );
    expect(describePane({ ...underWay, rowCount: 1200, isReady: true, projection: start })).toBe(
      'PCA · 1,200 rows',
    );
  });

  it('says where it was stopped', () => {
    expect(describePane({ ...underWay, rowCount: 297, isStopped: true, projection: umap })).toBe(
      'Stopped at step 120 of 500 · 297 rows',
    );
    expect(describePane({ ...underWay, rowCount: 1200, isStopped: true, projection: start })).toBe(
      'Stopped, PCA so far · 1,200 rows',
    );
  });
});
