import { expect, it } from 'vitest';
import { cutText, type Drawing, type Shape, wrapText } from './drawing';
import { drawingSvg } from './drawing-svg';
import { framePicture, type PictureContent } from './frame-picture';

const measure = (text: string, size = 11) => (text.length * size) / 2;
const content: PictureContent = {
  width: 400,
  height: 200,
  shapes: [
    { kind: 'circle', x: 10, y: 20, radius: 3, fill: '#ff0000', edge: '#ffffff', opacity: 0.8 },
    { kind: 'text', x: 5, y: 5, text: 'a "quoted" & <b>\u0000', fill: '#111111', isTurned: true },
    {
      kind: 'group',
      x: 1,
      y: 2,
      isCrisp: true,
      shapes: [{ kind: 'rect', x: 0, y: 0, width: 4, height: 5, fill: '#00ff00' }],
    },
  ],
  title: 'One model < another',
  captions: ['some.csv: 250 rows. '.repeat(8), 'Colour: section.'],
  legends: [
    {
      kind: 'scale',
      title: 'z over its own pairs',
      stops: ['#000000', '#ffffff'],
      ticks: ['−2', '+1', '+4'],
    },
    {
      kind: 'groups',
      title: 'section',
      entries: Array.from({ length: 12 }, (_, i) => ({ name: `a group of rows ${i}`, colour: '#123456' })),
    },
  ],
  colours: { ground: '#fefefe', text: '#171b21', quiet: '#67707c' },
};

/** Each text with the box it takes, in the picture's own pixels. */
function writings(
  shapes: readonly Shape[],
  at = { x: 0, y: 0 },
): { text: string; left: number; right: number; y: number }[] {
  return shapes.flatMap((shape) => {
    if (shape.kind === 'group') return writings(shape.shapes, { x: at.x + shape.x, y: at.y + shape.y });
    if (shape.kind !== 'text' || shape.isTurned === true) return [];
    const width = measure(shape.text, shape.size);
    const left =
      at.x + shape.x - (shape.anchor === 'middle' ? width / 2 : shape.anchor === 'end' ? width : 0);
    return [{ text: shape.text, left, right: left + width, y: at.y + shape.y }];
  });
}

it('frames a picture: title, caption and legends all within it, none over another', () => {
  const drawing: Drawing = framePicture(content, measure);
  const words = writings(drawing.shapes);
  for (const { text, left, right, y } of words) {
    expect(left, text).toBeGreaterThanOrEqual(0);
    expect(right, text).toBeLessThanOrEqual(drawing.width);
    expect(y, text).toBeLessThan(drawing.height);
  }
  words.forEach((a, i) => {
    for (const b of words.slice(i + 1)) {
      const apart = Math.abs(a.y - b.y) >= 11 || a.right <= b.left || b.right <= a.left;
      expect(apart, `${a.text} / ${b.text}`).toBe(true);
    }
  });
  expect(words.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['−2', '+1', '+4', 'a group of rows 11']),
  );
});

it('is written as SVG that any reader takes, with shapes where they were', () => {
  const svg = [...drawingSvg(framePicture(content, measure))].join('');
  expect(svg).toContain(
    '<circle cx="10" cy="20" r="3" fill="#ff0000" stroke="#ffffff" stroke-width="0.7" opacity="0.8"/>',
  );
  expect(svg).toContain('a &quot;quoted&quot; &amp; &lt;b&gt;</text>');
  expect(svg).toContain(
    '<g transform="translate(1 2)" shape-rendering="crispEdges"><rect x="0" y="0" width="4" height="5" fill="#00ff00"/></g>',
  );
  expect(svg).not.toContain('\u0000');
  // Each opened element is closed.
  const opened = svg.match(/<[a-zA-Z][^>]*[^/]>|<[a-zA-Z]>/g) ?? [];
  expect(opened.length).toBe((svg.match(/<\/[a-zA-Z]+>/g) ?? []).length);
});

it('cuts and wraps text to its room, also letters of two code units', () => {
  const wide = '👩 family '.repeat(9);
  for (const room of [0, 8, 30, 90]) {
    const cut = cutText(wide, room, measure);
    expect(measure(cut)).toBeLessThanOrEqual(room);
    expect(cut).not.toMatch(/[\ud800-\udbff]…/);
  }
  expect(cutText('short', 100, measure)).toBe('short');
  const lines = wrapText('one two three four', 50, measure);
  expect(lines.join(' ')).toBe('one two three four');
  for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(50);
});
