import { type Drawing, type MeasureText, type Shape, textSize } from '@/core/export/drawing';
import { inSlices } from './in-slices';

const typeface = '"Inter Variable", Inter, system-ui, sans-serif';
const fontOf = (size = textSize, weight = 400) => `${weight} ${size}px ${typeface}`;

let gauge: CanvasRenderingContext2D | null = null;

/** Width of a text as `paintDrawing` writes it. */
export const measureDrawnText: MeasureText = (text, size, weight) => {
  gauge ??= document.createElement('canvas').getContext('2d');
  if (gauge === null) return text.length * 7;
  gauge.font = fontOf(size, weight);
  return gauge.measureText(text).width;
};

/** Other programs may write in a wider typeface than the page's. */
const widerBy = 1.12;

/** Width that a text in a file of shapes is to have room for. */
export const measureForOthers: MeasureText = (text, size, weight) =>
  widerBy * measureDrawnText(text, size, weight);

/** The picture as a PNG, each length `scale` pixels. Rejects where the browser cannot draw or write it. */
export async function paintDrawing(drawing: Drawing, scale = 2): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(drawing.width * scale);
  canvas.height = Math.round(drawing.height * scale);
  // By the processor: what a graphics card paints is waited for as a whole once it is read, and without a card for half a minute.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gave no canvas to draw on.');
  // What listed the shapes has taken its time.
  await new Promise((resolve) => setTimeout(resolve));
  context.scale(scale, scale);
  context.fillStyle = drawing.background;
  context.fillRect(0, 0, drawing.width, drawing.height);
  await inSlices(paintShapes(context, drawing.shapes));
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be written.')) : resolve(blob)),
      'image/png',
    ),
  );
}

/** Shapes that a canvas may put off painting. */
const shapesPutOff = 200;

/** Paints shapes one after the other, those of groups too, and yields after each: a map has many. */
function* paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly Shape[],
): Generator<undefined, void> {
  let painted = 0;
  for (const shape of shapes) {
    // A canvas only notes what it is told, and paints all of it at once when it is read: in pieces if it is read now and then.
    if (++painted % shapesPutOff === 0) context.getImageData(0, 0, 1, 1);
    if (shape.kind !== 'group') paintShape(context, shape);
    else {
      context.save();
      context.translate(shape.x, shape.y);
      context.scale(shape.scale ?? 1, shape.scale ?? 1);
      if (shape.clip !== undefined) {
        const { x, y, width, height } = shape.clip;
        context.beginPath();
        context.rect(x, y, width, height);
        context.clip();
      }
      yield* paintShapes(context, shape.shapes);
      context.restore();
    }
    yield;
  }
}

function paintShape(context: CanvasRenderingContext2D, shape: Exclude<Shape, { kind: 'group' }>): void {
  switch (shape.kind) {
    case 'rect':
      context.fillStyle = shape.fill;
      context.fillRect(shape.x, shape.y, shape.width, shape.height);
      return;
    case 'circle':
      context.globalAlpha = shape.opacity ?? 1;
      context.beginPath();
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      context.fillStyle = shape.fill;
      context.fill();
      if (shape.edge !== undefined) {
        context.strokeStyle = shape.edge;
        context.lineWidth = 0.7;
        context.stroke();
      }
      context.globalAlpha = 1;
      return;
    case 'path': {
      const path = new Path2D(shape.d);
      context.globalAlpha = shape.opacity ?? 1;
      if (shape.fill !== undefined) {
        context.fillStyle = shape.fill;
        context.fill(path);
      }
      if (shape.stroke !== undefined) {
        context.strokeStyle = shape.stroke;
        context.lineWidth = shape.strokeWidth ?? 1;
        context.stroke(path);
      }
      context.globalAlpha = 1;
      return;
    }
    case 'text':
      paintText(context, shape);
      return;
    case 'gradient': {
      const gradient = context.createLinearGradient(shape.x, 0, shape.x + shape.width, 0);
      shape.stops.forEach((colour, i) => {
        gradient.addColorStop(i / Math.max(1, shape.stops.length - 1), colour);
      });
      context.fillStyle = gradient;
      context.fillRect(shape.x, shape.y, shape.width, shape.height);
      return;
    }
    case 'image':
      if (!(shape.pixels instanceof HTMLCanvasElement)) throw new Error('Only a canvas can be painted.');
      context.imageSmoothingEnabled = !shape.isSharp;
      context.drawImage(shape.pixels, shape.x, shape.y, shape.width, shape.height);
      return;
  }
}

function paintText(context: CanvasRenderingContext2D, shape: Extract<Shape, { kind: 'text' }>): void {
  context.save();
  context.translate(shape.x, shape.y);
  if (shape.isTurned === true) context.rotate(-Math.PI / 2);
  context.font = fontOf(shape.size, shape.weight);
  context.textAlign = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
  context.textBaseline = 'middle';
  if (shape.halo !== undefined) {
    context.strokeStyle = shape.halo;
    context.lineWidth = 3.5;
    context.lineJoin = 'round';
    context.strokeText(shape.text, 0, 0);
  }
  context.fillStyle = shape.fill;
  context.fillText(shape.text, 0, 0);
  context.restore();
}
