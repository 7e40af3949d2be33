import { tabbedLines } from '@/core/export/csv-cells';

interface CopiedTable {
  readonly rowCount: number;
  readonly head: readonly string[];
  /** The cells of the row at a place, from 0, as text. */
  cellsOf(index: number): string[];
}

export const noClipboard =
  'This browser gives the page no clipboard; it wants an address that begins with https.';

const rowsAPart = 1000;

/** A table as lines for a spreadsheet, put together in parts that let the page draw in between. */
export async function tableText({ head, rowCount, cellsOf }: CopiedTable): Promise<string> {
  const parts = [tabbedLines([head])];
  for (let start = 0; start < rowCount; start += rowsAPart) {
    const length = Math.min(rowsAPart, rowCount - start);
    parts.push(tabbedLines(Array.from({ length }, (_, i) => cellsOf(start + i))));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return parts.join('\n');
}

/** Puts text on the clipboard, also text that is still being put together. Rejects with a reason where the browser does not let it. */
export function copyText(text: string | Promise<string>): Promise<void> {
  if (navigator.clipboard === undefined || typeof ClipboardItem === 'undefined')
    return Promise.reject(new Error(noClipboard));
  const made = Promise.resolve(text).then((words) => new Blob([words], { type: 'text/plain' }));
  return navigator.clipboard.write([new ClipboardItem({ 'text/plain': made })]);
}
