import { expect, test } from 'vitest';
import { initialView } from './view';
import { viewFromHash, viewToHash } from './view-link';

test('a view comes back from its link', () => {
  const view = {
    ...initialView,
    datasetId: '0123456789abcdef',
    tab: 'compare' as const,
    activeRun: 'org/model#12345678',
    pinned: 7,
    selection: [1, 5, 9],
    hiddenGroups: ['naïve & co', '#1'],
  };
  const hash = viewToHash(view);
  expect(hash).toMatch(/^#view=[\w%.!~*'()-]+$/);
  expect(viewFromHash(hash)).toEqual(view);
  expect(viewToHash(initialView)).toBe('#view=%7B%7D');
});

test('names stay at home, and so do selections that make a link too long', () => {
  const view = {
    ...initialView,
    tab: 'table' as const,
    clusterNames: { abc: 'a name out of the texts' },
    selection: Array.from({ length: 5000 }, (_, row) => row),
  };
  expect(viewFromHash(viewToHash(view))).toEqual({ ...initialView, tab: 'table' });
});

test.each(['', '#', '#view=', '#view=%', '#view=7', '#view=%7B%22tab%22%3A7%7D', '#other'])(
  'what is no link is none: %s',
  (hash) => {
    expect(viewFromHash(hash)).toBeNull();
  },
);
