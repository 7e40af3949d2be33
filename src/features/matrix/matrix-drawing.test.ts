import { expect, it } from 'vitest';
import type { Shape } from '@/core/export/drawing';
import type { EdgeMarks } from './edge-strips';
import { drawMatrix, type MatrixParts } from './matrix-drawing';

const tree = { left: Int32Array.of(0), right: Int32Array.of(1), height: Float32Array.of(1) };
const groups = { names: ['a & <b>'], counts: [2], groupOf: Int32Array.of(0, 0), emptyCount: 0 };
const side: EdgeMarks = {
  count: 2,
  spans: [{ group: 0, start: 0, end: 2 }],
  groups,
  own: new Map([[0, '#010203']]),
  tree,
  selected: [],
  pinned: null,
  placeOf: () => -1,
  textAt: (index) => `text\n${index}`,
};
const strip = { text: 0, tree: 52, names: 16, bar: 8, total: 84 };
const parts: MatrixParts = {
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
  heat: (row, column) =>
    row === column ? { text: '1.00', share: 1 } : row === 0 ? { text: '0.12', share: 0 } : null,
  numberAt: null,
  palette: ['#000000', '#ff0000'],
  theme: { text: '#111111', line: '#777777' },
  isDark: false,
  measure: (text) => text.length * 6,
};

function flat(shapes: readonly Shape[]): Shape[] {
  return shapes.flatMap((shape) => (shape.kind === 'group' ? flat(shape.shapes) : [shape]));
}
const texts = (shapes: readonly Shape[]) =>
  flat(shapes).flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));

it('draws cells at their places in their colours with their numbers, and both sides', () => {
  const drawn = flat(drawMatrix(parts));
  expect(drawn).toContainEqual({ kind: 'rect', x: 100, y: 100, width: 80, height: 80, fill: '#ff0000' });
  expect(drawn).toContainEqual({ kind: 'rect', x: 180, y: 100, width: 80, height: 80, fill: '#000000' });
  expect(drawn.filter((shape) => shape.kind === 'rect' && shape.y === 180 && shape.x === 100)).toHaveLength(
    0,
  );
  expect(drawn.filter(({ kind }) => kind === 'path')).toHaveLength(2);
  // The bars at both sides, in the colour that the group was given.
  expect(drawn.filter((shape) => shape.kind === 'rect' && shape.fill === '#010203')).toHaveLength(2);
  expect(texts(drawn)).toEqual(['1.00', '0.12', '1.00', 'a & <b>', 'a & <b>']);
});

it('writes texts beside large cells on one line each', () => {
  const besides = { ...strip, text: 168, tree: 0, names: 0 };
  const shapes = drawMatrix({ ...parts, strips: { down: besides, across: besides } });
  expect(texts(shapes).filter((text) => text === 'text 0')).toHaveLength(2);
});

it('takes the drawn matrix as pixels, with no numbers where none are told', () => {
  const pixels = { width: 2, height: 2, toDataURL: () => 'data:image/png;base64,AA==' };
  const shapes = flat(drawMatrix({ ...parts, heat: pixels }));
  expect(shapes).toContainEqual({
    kind: 'image',
    x: 0,
    y: 0,
    width: 300,
    height: 300,
    pixels,
    isSharp: true,
  });
  expect(texts(shapes)).toEqual(['a & <b>', 'a & <b>']);
});
