/** A named colour under a picture. */
export interface PictureEntry {
  readonly name: string;
  readonly colour: string;
}

interface Parts {
  /** The drawn map; left as it is. */
  readonly drawn: HTMLCanvasElement;
  /** Its width on the screen, in CSS pixels. */
  readonly widthPx: number;
  readonly title: string;
  readonly caption: string;
  readonly entries: readonly PictureEntry[];
  readonly theme: { readonly canvas: string; readonly text: string };
}

const scale = 2;
const marginPx = 12;
const linePx = 18;
const dotPx = 4;
const gapPx = 14;
const typeface = '"Inter Variable", Inter, system-ui, sans-serif';

/** The map at twice its size on the screen, over the names of its colours. Rejects where the browser cannot write it. */
export function mapPicture({ drawn, widthPx, title, caption, entries, theme }: Parts): Promise<Blob> {
  const heightPx = (drawn.height * widthPx) / drawn.width;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return Promise.reject(new Error('This browser gave no canvas to draw on.'));
  context.font = `11px ${typeface}`;
  const placed = placeEntries(entries, widthPx, (text) => context.measureText(text).width);
  const lines = placed.length === 0 ? 0 : placed.at(-1)!.line + 1;
  canvas.width = Math.round(widthPx * scale);
  canvas.height = Math.round((heightPx + (lines + 1) * linePx + 2 * marginPx) * scale);
  context.scale(scale, scale);
  context.fillStyle = theme.canvas;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0, widthPx, heightPx);
  context.textBaseline = 'middle';
  const top = heightPx + marginPx + linePx / 2;
  context.fillStyle = theme.text;
  context.font = `600 11px ${typeface}`;
  context.fillText(title, marginPx, top);
  const captionAt = marginPx + context.measureText(title).width + 8;
  context.font = `11px ${typeface}`;
  context.fillText(caption, captionAt, top);
  for (const { name, colour, x, line } of placed) {
    const y = top + (line + 1) * linePx;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x + dotPx, y, dotPx, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = theme.text;
    context.fillText(name, x + gapPx, y);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('The picture could not be written.')) : resolve(blob)),
      'image/png',
    ),
  );
}

/** Entries one after the other, on as many lines as they need. */
export function placeEntries(
  entries: readonly PictureEntry[],
  widthPx: number,
  measure: (text: string) => number,
): (PictureEntry & { readonly x: number; readonly line: number })[] {
  let x = marginPx;
  let line = 0;
  return entries.map((entry) => {
    const wide = gapPx + measure(entry.name) + gapPx;
    if (x > marginPx && x + wide > widthPx - marginPx) {
      x = marginPx;
      line++;
    }
    const placed = { ...entry, x, line };
    x += wide;
    return placed;
  });
}
