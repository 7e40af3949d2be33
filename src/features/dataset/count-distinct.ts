import { type TextColumn, textAt } from '@/core/dataset/text-column';

const rowsAtOnce = 5000;

/** Distinct cells that are not blank. Lets the page breathe every few thousand rows; rejects when aborted. */
export async function countDistinct(cells: TextColumn, signal?: AbortSignal): Promise<number> {
  const seen = new Set<string>();
  for (let row = 0; row < cells.ends.length; row++) {
    if (row > 0 && row % rowsAtOnce === 0) {
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    const cell = textAt(cells, row);
    if (cell.trim() !== '') seen.add(cell);
  }
  return seen.size;
}
