import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { RowGroups } from '@/core/dataset/group-rows';
import { mostFrequentGroup } from '@/core/export/block-rows';
import type { HeatView } from '@/gl/heat-content';
import { parseHex } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import classes from './report.module.css';

export interface GroupBarsHandle {
  /** Follows what the matrix shows. */
  place(view: HeatView): void;
}

interface Props {
  /** Dataset rows in the order of the matrix, so many of which stand behind a cell. */
  rows: Int32Array;
  rowsACell: number;
  groups: RowGroups;
  own: ReadonlyMap<number, string>;
  isDark: boolean;
  ref: Ref<GroupBarsHandle>;
}

/** Bars along the left and the top of the matrix in the colours of its rows' groups: of a block, its most frequent one. */
export function GroupBars({ rows, rowsACell, groups, own, isDark, ref }: Props) {
  const down = useRef<HTMLCanvasElement>(null);
  const across = useRef<HTMLCanvasElement>(null);
  const cells = Math.ceil(rows.length / rowsACell);
  useImperativeHandle(ref, () => ({
    place: ({ originX, originY, cellPx }) => {
      const lengthPx = `${cells * cellPx}px`;
      if (down.current !== null) Object.assign(down.current.style, { top: `${originY}px`, height: lengthPx });
      if (across.current !== null)
        Object.assign(across.current.style, { left: `${originX}px`, width: lengthPx });
    },
  }));
  useLayoutEffect(() => {
    const colours = new Uint8ClampedArray(4 * cells);
    for (let cell = 0; cell < cells; cell++) {
      const group = mostFrequentGroup(
        rows.subarray(cell * rowsACell, (cell + 1) * rowsACell),
        groups.groupOf,
      );
      colours.set([...parseHex(groupColour(group, isDark, own)), 255], 4 * cell);
    }
    down.current?.getContext('2d')?.putImageData(new ImageData(colours, 1, cells), 0, 0);
    across.current?.getContext('2d')?.putImageData(new ImageData(colours, cells, 1), 0, 0);
  }, [rows, rowsACell, groups, own, isDark, cells]);
  return (
    <div aria-hidden="true" data-bars={cells}>
      <canvas ref={down} width={1} height={cells} className={classes.barDown} />
      <canvas ref={across} width={cells} height={1} className={classes.barAcross} />
      <div className={classes.barCorner} />
    </div>
  );
}
