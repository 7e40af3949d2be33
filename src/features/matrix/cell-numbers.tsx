import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { HeatView } from '@/gl/heat-scene';
import { paletteColour } from '@/gl/palettes';
import classes from './cell-numbers.module.css';

/** Least side of a cell that holds a number, in CSS pixels. */
const leastCellPx = 30;

interface Props {
  view: StoreApi<{ view: HeatView | null }>;
  palette: readonly string[];
  /** What a cell shows: the number in words and its place on the palette; null while it is on its way. */
  cellAt(row: number, column: number): { readonly text: string; readonly share: number } | null;
  /** From where on cells are free of the strips beside the matrix. */
  inset: { readonly left: number; readonly top: number };
}

/** The numbers in the cells, once these are large enough. */
export function CellNumbers({ view: store, palette, cellAt, inset }: Props) {
  const view = useStore(store, (state) => state.view);
  if (view === null || view.level > 0 || view.cellPx < leastCellPx) return null;
  const { firstRow, lastRow, firstColumn, lastColumn, originX, originY, cellPx } = view;
  const cells = [];
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const x = originX + column * cellPx;
      const y = originY + row * cellPx;
      if (x < Math.max(0, inset.left - cellPx / 2) || y < Math.max(0, inset.top - cellPx / 2)) continue;
      const cell = cellAt(row, column);
      if (cell === null) continue;
      const [red, green, blue] = paletteColour(palette, cell.share);
      // Rec. 709 luma decides which of black and white can be read.
      const isLight = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 140;
      cells.push(
        <text
          key={`${row} ${column}`}
          x={x + cellPx / 2}
          y={y + cellPx / 2}
          className={isLight ? classes.onLight : classes.onDark}
        >
          {cell.text}
        </text>,
      );
    }
  }
  return (
    <svg className={classes.numbers} aria-hidden="true">
      {cells}
    </svg>
  );
}
