import { drawingSvg } from '@/core/export/drawing-svg';
import { framePicture } from '@/core/export/frame-picture';
import type { PictureMaker } from '@/state/picture';
import { noClipboard } from '@/ui/copy-text';
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

/** Puts the picture on the clipboard. Rejects with a reason where the browser does not let it. */
export function copyPicture(maker: PictureMaker): Promise<void> {
  if (navigator.clipboard === undefined || typeof ClipboardItem === 'undefined')
    return Promise.reject(new Error(noClipboard));
  // The item takes the promise: some browsers forget the click while the picture is painted.
  return navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureFile(maker, 'png') })]);
}
