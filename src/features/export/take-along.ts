import { tabbedLines } from '@/core/export/csv-cells';
import { drawingSvg } from '@/core/export/drawing-svg';
import { framePicture } from '@/core/export/frame-picture';
import type { PictureMaker } from '@/state/picture';
import type { ShownTable } from '@/state/shown-table';
import { inSlices } from '@/ui/in-slices';
import { measureDrawnText, measureForOthers, paintDrawing } from '@/ui/paint-drawing';

/** The picture on the screen in its frame, as a file. Rejects where nothing is drawn or the browser cannot write it. */
export async function pictureFile(maker: Pick<PictureMaker, 'draw'>, kind: 'png' | 'svg'): Promise<Blob> {
  if (kind === 'png') return paintDrawing(framePicture(await maker.draw('pixels'), measureDrawnText));
  const drawing = framePicture(await maker.draw('shapes'), measureForOthers);
  const parts: string[] = [];
  await inSlices(drawingSvg(drawing), (part) => parts.push(part));
  return new Blob(parts, { type: 'image/svg+xml' });
}

const rowsAPart = 1000;

/** A table as lines for a spreadsheet, put together in parts that let the page draw in between. */
export async function tableText({ head, rowCount, cellsOf }: ShownTable): Promise<string> {
  const parts = [tabbedLines([head])];
  for (let start = 0; start < rowCount; start += rowsAPart) {
    const length = Math.min(rowsAPart, rowCount - start);
    parts.push(tabbedLines(Array.from({ length }, (_, i) => cellsOf(start + i))));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return parts.join('\n');
}

/** Puts the picture on the clipboard. Rejects with a reason where the browser does not let it. */
export function copyPicture(maker: PictureMaker): Promise<void> {
  if (navigator.clipboard === undefined || typeof ClipboardItem === 'undefined')
    return Promise.reject(new Error(noClipboard));
  // The item takes the promise: some browsers forget the click while the picture is painted.
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureFile(maker, 'png') })]);
}

/** Puts text on the clipboard, also text that is still being put together. Rejects like `copyPicture`. */
export function copyText(text: string | Promise<string>): Promise<void> {
  if (navigator.clipboard === undefined || typeof ClipboardItem === 'undefined')
    return Promise.reject(new Error(noClipboard));
  const made = Promise.resolve(text).then((words) => new Blob([words], { type: 'text/plain' }));
  return navigator.clipboard.write([new ClipboardItem({ 'text/plain': made })]);
}

const noClipboard = 'This browser gives the page no clipboard; it wants an address that begins with https.';
