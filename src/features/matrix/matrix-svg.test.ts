import { expect, it } from 'vitest';
import type { EdgeMarks } from './edge-strips';
import { matrixSvg, type PictureParts } from './matrix-svg';

const tree = { left: Int32Array.of(0), right: Int32Array.of(1), height: Float32Array.of(1) };
const groups = { names: ['a & <b>'], counts: [2], groupOf: Int32Array.of(0, 0), emptyCount: 0 };
const side: EdgeMarks = {
  count: 2,
  spans: [{ group: 0, start: 0, end: 2 }],
  groups,
  tree,
  selected: [],
  pinned: null,
  placeOf: () => -1,
  textAt: (index) => `text "${index}"\u0000`,
};
const strip = { text: 0, tree: 52, names: 16, bar: 8, total: 84 };
const parts: PictureParts = {
  width: 300,
  height: 300,
  view: {
    firstRow: 0,
    lastRow: 1,
    firstColumn: 0,
    lastColumn: 1,
    cellPx: 80,
    level: 0,
    pending: 0,
    failed: 0,
    originX: 100,
    originY: 100,
    zoomPercent: 100,
  },
  down: side,
  across: side,
  strips: { down: strip, across: strip },
  heat: (row, column) => (row === column ? 1 : row === 0 ? 0 : null),
  palette: ['#000000', '#ff0000'],
  ticks: ['−2', '+1', '+4'],
  title: 'A < B',
  caption: 'some',
  theme: { canvas: '#ffffff', text: '#111111', line: '#777777' },
  isDark: false,
};

it('draws cells at their places in their colours, both sides, and what the colours mean', () => {
  const svg = matrixSvg(parts);
  expect(svg).toContain('<rect x="100" y="100" width="80" height="80" fill="#ff0000"/>');
  expect(svg).toContain('<rect x="180" y="100" width="80" height="80" fill="#000000"/>');
  expect(svg).not.toContain('<rect x="100" y="180"');
  expect(svg.match(/<path /g)).toHaveLength(2);
  for (const tick of parts.ticks) expect(svg).toContain(`>${tick}</text>`);
  expect(svg).toContain('A &lt; B');
  expect(svg).toContain('a &amp; &lt;b&gt; 2');
});

it('writes texts beside large cells, without what XML does not allow', () => {
  const texts = { ...strip, text: 168, tree: 0, names: 0 };
  const svg = matrixSvg({ ...parts, strips: { down: texts, across: texts } });
  expect(svg).toContain('text &quot;0&quot;</text>');
  expect(svg).not.toContain('\u0000');
});

it('takes the drawn matrix as an image where there are too many cells', () => {
  expect(matrixSvg({ ...parts, heat: 'data:image/png;base64,AA==' })).toContain(
    '<image href="data:image/png;base64,AA=="',
  );
});
