import { expect, test } from 'vitest';
import { initialView } from './view';
import { keepOwn, viewFromHash, viewToHash } from './view-link';

test('a view comes back from its link', () => {
  const view = {
    ...initialView,
    datasetId: '0123456789abcdef',
    tab: 'compare' as const,
    activeRun: 'org/model#12345678',
    pinned: 7,
    selection: [1, 5, 9],
    colourBy: { kind: 'column' as const, name: 'topic' },
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
    ownColours: { 'Cluster sea · land': '#aabbcc' },
    savedSelections: [{ datasetId: '0123456789abcdef', name: 'mine', rows: [1] }],
    hiddenGroups: ['sea · land'],
    colourBy: { kind: 'cluster' as const },
    selection: Array.from({ length: 5000 }, (_, row) => row),
    isolated: Array.from({ length: 5000 }, (_, row) => row),
  };
  const linked = viewFromHash(viewToHash(view))!;
  expect(linked).toEqual({ ...initialView, tab: 'table', colourBy: { kind: 'cluster' } });
  // Whoever follows the link keeps what is theirs.
  const { clusterNames, ownColours, savedSelections } = view;
  expect(keepOwn(linked, view)).toEqual({ ...linked, clusterNames, ownColours, savedSelections });
});

test.each(['', '#', '#view=', '#view=%', '#view=7', '#view=%7B%22tab%22%3A7%7D', '#other'])(
  'what is no link is none: %s',
  (hash) => {
    expect(viewFromHash(hash)).toBeNull();
  },
);
