import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { HeatView } from '@/gl/heat-content';
import { paletteColour, readableOn } from '@/gl/palettes';
import classes from './cell-numbers.module.css';
import type { DrawnCell } from './drawn-pictures';
import { numberedCellPx } from './edge-strips';

interface Props {
  view: StoreApi<{ view: HeatView | null }>;
  palette: readonly string[];
  /** What a cell shows: the number in words and its place on the palette; null while it is on its way. */
  cellAt(row: number, column: number): DrawnCell | null;
  /** From where on cells are free of the strips beside the matrix. */
  inset: { readonly left: number; readonly top: number };
}

/** The numbers in the cells, once these are large enough. */
export function CellNumbers({ view: store, palette, cellAt, inset }: Props) {
  const view = useStore(store, (state) => state.view);
  if (view === null || view.level > 0 || view.cellPx < numberedCellPx) return null;
  const { firstRow, lastRow, firstColumn, lastColumn, originX, originY, cellPx } = view;
  const cells = [];
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const x = originX + column * cellPx;
      const y = originY + row * cellPx;
      if (x < Math.max(0, inset.left - cellPx / 2) || y < Math.max(0, inset.top - cellPx / 2)) continue;
      const cell = cellAt(row, column);
      if (cell === null) continue;
      cells.push(
        <text
          key={`${row} ${column}`}
          x={x + cellPx / 2}
          y={y + cellPx / 2}
          fill={readableOn(paletteColour(palette, cell.share))}
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
