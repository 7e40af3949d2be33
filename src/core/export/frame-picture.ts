import { cutText, type Drawing, type MeasureText, type Shape, wrapText } from './drawing';

/** What the colours of a picture mean. */
export type PictureLegend =
  | {
      readonly kind: 'groups';
      readonly title: string;
      readonly entries: readonly { readonly name: string; readonly colour: string }[];
    }
  | {
      readonly kind: 'scale';
      readonly title: string;
      readonly stops: readonly string[];
      /** Words under the bar, evenly spaced from its low to its high end. */
      readonly ticks: readonly string[];
    };

/** What a tab shows, without what is the same around every picture. */
export interface PictureContent {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly title: string;
  /** Sentences below the title: of what, how it was made, what was left out. */
  readonly captions: readonly string[];
  readonly legends: readonly PictureLegend[];
  readonly colours: { readonly ground: string; readonly text: string; readonly quiet: string };
}

const marginPx = 16;
const titlePx = 20;
const titleSize = 15;
const linePx = 16;
const entryPx = 18;
const barPx = 220;
const scalePx = 46;

/** The content under its title and caption, over what its colours mean. Contents narrower than 360 px stand in that much room. */
export function framePicture(content: PictureContent, measure: MeasureText): Drawing {
  const { title, captions, legends, colours } = content;
  const width = Math.max(360, content.width) + 2 * marginPx;
  const room = width - 2 * marginPx;
  const words = (text: string) => measure(text);
  const shapes: Shape[] = [];
  let y = marginPx;
  const name = cutText(title, room, (text) => measure(text, titleSize, 600));
  shapes.push({
    kind: 'text',
    x: marginPx,
    y: y + titlePx / 2,
    text: name,
    fill: colours.text,
    size: titleSize,
    weight: 600,
  });
  y += titlePx + 2;
  for (const line of captions.flatMap((caption) => wrapText(caption, room, words))) {
    shapes.push({ kind: 'text', x: marginPx, y: y + linePx / 2, text: line, fill: colours.quiet });
    y += linePx;
  }
  y += 8;
  const left = marginPx + (room - content.width) / 2;
  shapes.push({
    kind: 'group',
    x: left,
    y,
    clip: { x: 0, y: 0, width: content.width, height: content.height },
    shapes: content.shapes,
  });
  y += content.height + 8;
  for (const legend of legends) {
    const drawn =
      legend.kind === 'scale'
        ? drawScale(legend, y, room, colours, measure)
        : drawGroups(legend, y, room, colours, measure);
    shapes.push(...drawn.shapes);
    y += drawn.height + 6;
  }
  return { width, height: Math.ceil(y + marginPx - 6), background: colours.ground, shapes };
}

type Drawn = { readonly shapes: Shape[]; readonly height: number };

function drawScale(
  { title, stops, ticks }: Extract<PictureLegend, { kind: 'scale' }>,
  top: number,
  room: number,
  colours: PictureContent['colours'],
  measure: MeasureText,
): Drawn {
  const width = Math.min(barPx, room);
  const shapes: Shape[] = [
    {
      kind: 'text',
      x: marginPx,
      y: top + 8,
      text: cutText(title, room, measure),
      fill: colours.text,
      weight: 500,
    },
    { kind: 'gradient', x: marginPx, y: top + 18, width, height: 10, stops },
  ];
  ticks.forEach((text, i) => {
    const share = ticks.length < 2 ? 0 : i / (ticks.length - 1);
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    shapes.push({
      kind: 'text',
      x: marginPx + share * width,
      y: top + 37,
      text,
      fill: colours.quiet,
      anchor,
    });
  });
  return { shapes, height: scalePx };
}

/** Names one after the other, on as many lines as they need. */
function drawGroups(
  { title, entries }: Extract<PictureLegend, { kind: 'groups' }>,
  top: number,
  room: number,
  colours: PictureContent['colours'],
  measure: MeasureText,
): Drawn {
  const shapes: Shape[] = [];
  let line = 0;
  let x = 0;
  const middle = () => top + line * entryPx + entryPx / 2;
  if (title !== '') {
    const text = cutText(title, room, (part) => measure(part, undefined, 500));
    shapes.push({ kind: 'text', x: marginPx, y: middle(), text, fill: colours.text, weight: 500 });
    x = measure(text, undefined, 500) + 14;
  }
  for (const { name, colour } of entries) {
    const text = cutText(name, room - 14, measure);
    const wide = 14 + measure(text) + 14;
    if (x > 0 && x + wide - 14 > room) {
      x = 0;
      line++;
    }
    shapes.push(
      { kind: 'circle', x: marginPx + x + 4, y: middle(), radius: 4, fill: colour },
      { kind: 'text', x: marginPx + x + 14, y: middle(), text, fill: colours.text },
    );
    x += wide;
  }
  return { shapes, height: (line + 1) * entryPx };
}
