import { type Drawing, type Shape, textSize } from './drawing';

const font = '"Inter Variable", Inter, system-ui, sans-serif';

/** A picture as an SVG document (SVG 1.1), which needs nothing beside it but a typeface; in parts, a shape or so each. */
export function* drawingSvg({ width, height, background, shapes }: Drawing): Generator<string, void> {
  const names = { last: 0 };
  yield `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family='${font}' font-size="${textSize}">\n`;
  yield `<rect width="100%" height="100%" fill="${background}"/>`;
  for (const shape of shapes) {
    yield '\n';
    yield* writeShapes([shape], names);
  }
  yield '\n</svg>';
}

function* writeShapes(shapes: readonly Shape[], names: { last: number }): Generator<string, void> {
  for (const shape of shapes) {
    if (shape.kind !== 'group') {
      yield writeShape(shape, names);
      continue;
    }
    const { x, y, scale = 1 } = shape;
    const larger = scale === 1 ? '' : ` scale(${scale})`;
    const moved = x === 0 && y === 0 ? '' : `translate(${round(x)} ${round(y)})`;
    const move = moved + larger === '' ? '' : ` transform="${moved}${larger}"`;
    const crisp = shape.isCrisp === true ? ' shape-rendering="crispEdges"' : '';
    let cut = '';
    if (shape.clip !== undefined) {
      names.last++;
      const name = `cut-${names.last}`;
      cut = ` clip-path="url(#${name})"`;
      yield `<clipPath id="${name}"><rect ${box(shape.clip)}/></clipPath>`;
    }
    yield `<g${cut}${move}${crisp}>`;
    yield* writeShapes(shape.shapes, names);
    yield '</g>';
  }
}

function writeShape(shape: Exclude<Shape, { kind: 'group' }>, names: { last: number }): string {
  switch (shape.kind) {
    case 'rect':
      return `<rect ${box(shape)} fill="${shape.fill}"/>`;
    case 'circle': {
      const edge = shape.edge === undefined ? '' : ` stroke="${shape.edge}" stroke-width="0.7"`;
      return `<circle cx="${round(shape.x)}" cy="${round(shape.y)}" r="${round(shape.radius)}" fill="${shape.fill}"${edge}${writeOpacity(shape)}/>`;
    }
    case 'path': {
      const stroke =
        shape.stroke === undefined
          ? ''
          : ` stroke="${shape.stroke}" stroke-width="${shape.strokeWidth ?? 1}"`;
      return `<path d="${shape.d}" fill="${shape.fill ?? 'none'}"${stroke}${writeOpacity(shape)}/>`;
    }
    case 'text':
      return writeText(shape);
    case 'gradient': {
      names.last++;
      const stops = shape.stops.map(
        (colour, i) =>
          `<stop offset="${round(i / Math.max(1, shape.stops.length - 1))}" stop-color="${colour}"/>`,
      );
      return `<linearGradient id="colours-${names.last}">${stops.join('')}</linearGradient><rect ${box(shape)} rx="2" fill="url(#colours-${names.last})"/>`;
    }
    case 'image':
      return `<image ${box(shape)} preserveAspectRatio="none" href="${shape.pixels.toDataURL()}"${shape.isSharp ? ' style="image-rendering:pixelated"' : ''}/>`;
  }
}

function writeOpacity({ opacity = 1 }: { readonly opacity?: number }): string {
  return opacity === 1 ? '' : ` opacity="${round(opacity)}"`;
}

function writeText(shape: Extract<Shape, { kind: 'text' }>): string {
  const { x, y, text, fill, size = textSize, weight = 400, anchor = 'start', isTurned, halo } = shape;
  const place =
    isTurned === true
      ? `transform="translate(${round(x)} ${round(y)}) rotate(-90)"`
      : `x="${round(x)}" y="${round(y)}"`;
  const rest = [
    size === textSize ? '' : ` font-size="${size}"`,
    weight === 400 ? '' : ` font-weight="${weight}"`,
    anchor === 'start' ? '' : ` text-anchor="${anchor}"`,
    halo === undefined
      ? ''
      : ` stroke="${halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"`,
  ].join('');
  // A shift by em instead of dominant-baseline, which Inkscape and some office programs ignore.
  return `<text ${place} dy="0.36em" fill="${fill}"${rest}>${escapeXml(text)}</text>`;
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}"`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
  return (
    text
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      // What XML does not allow at all.
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
  );
}
