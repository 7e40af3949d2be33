import { expect, it } from 'vitest';
import { type EdgeMarks, edgeStrip, showsTexts } from './edge-strips';

const tree = { left: Int32Array.of(0), right: Int32Array.of(1), height: Float32Array.of(1) };
const groups = { names: ['a'], counts: [2], groupOf: Int32Array.of(0, 0), emptyCount: 0 };
const marks: EdgeMarks = {
  count: 2,
  spans: [],
  groups,
  own: new Map(),
  tree,
  selected: [],
  pinned: null,
  placeOf: () => -1,
  textAt: () => '',
};

it('shows texts or tree and names, and the bar with either', () => {
  expect(edgeStrip(marks, false, 160)).toMatchObject({ text: 0, tree: 52, names: 16, bar: 8 });
  expect(edgeStrip(marks, true, 160)).toMatchObject({ text: 160, tree: 0, names: 0, bar: 8 });
  const bare = edgeStrip({ ...marks, groups: null, tree: null }, false, 160);
  expect(bare).toMatchObject({ text: 0, tree: 0, names: 0, bar: 0 });
  expect(edgeStrip(marks, false, 160).total - bare.total).toBe(76);
});

it('does not flip when the room for texts makes the cells smaller', () => {
  for (let cellPx = 5; cellPx < 30; cellPx += 0.25) {
    const shown = showsTexts(cellPx, false);
    // A picture 600 wide loses up to 160 to the texts.
    if (shown) expect(showsTexts((cellPx * (600 - 160)) / 600, true)).toBe(true);
  }
});
