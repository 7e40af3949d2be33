import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import { useRef } from 'react';
import { hoverChannel } from '@/state/hover';
import { pinRow } from '@/state/pins';
import { selectRows } from '@/state/selection';

interface Grid {
  scroller: RefObject<HTMLDivElement | null>;
  rows: Uint32Array;
  /** Index of the row the keyboard is on. */
  current: number;
  selected: ReadonlySet<number>;
  rowHeightPx: number;
  headHeightPx: number;
  /** Makes a row current, brings it in sight and focuses it. */
  goTo(index: number): void;
  setCurrent(index: number): void;
  /** Puts the selected rows that are listed, or else the current one, on the clipboard. */
  copy(): void;
}

const columnStepPx = 120;

/**
 * What keys and clicks do in the grid. Arrows, page keys, Home and End move; with Shift they select on the way. Enter pins, with
 * Shift as second; Space selects; Ctrl+C copies. A click pins, with Shift as second, with Ctrl it selects; a box selects, with Shift up to it.
 */
export function useGridKeys(grid: Grid) {
  const { scroller, rows, current, selected, rowHeightPx, headHeightPx, goTo, setCurrent, copy } = grid;
  /** Where a range begins. */
  const anchor = useRef<number | null>(null);

  const selectBetween = (from: number, to: number) =>
    selectRows(rows.subarray(Math.min(from, to), Math.max(from, to) + 1), 'add', 'Select rows');
  const toggle = (index: number) => {
    const row = rows[index]!;
    anchor.current = index;
    selectRows(
      [row],
      selected.has(row) ? 'subtract' : 'add',
      selected.has(row) ? 'Deselect a row' : 'Select a row',
    );
  };
  const focusedRow = (target: EventTarget) =>
    target instanceof HTMLTableRowElement && target.dataset.index !== undefined;

  return {
    onKeyDown: (event: KeyboardEvent) => {
      const { key, shiftKey, target } = event;
      if (!focusedRow(target) || rows.length === 0) return;
      const isModified = event.ctrlKey || event.metaKey;
      const page = Math.max(
        1,
        Math.floor(((scroller.current?.clientHeight ?? 0) - headHeightPx) / rowHeightPx) - 1,
      );
      const steps: Record<string, number> = {
        ArrowDown: current + 1,
        ArrowUp: current - 1,
        PageDown: current + page,
        PageUp: current - page,
        Home: 0,
        End: rows.length - 1,
      };
      const wanted = steps[key];
      if (wanted !== undefined && !event.altKey) {
        event.preventDefault();
        event.stopPropagation();
        const next = Math.max(0, Math.min(rows.length - 1, wanted));
        if (shiftKey) {
          anchor.current ??= current;
          selectBetween(anchor.current, next);
        } else anchor.current = null;
        goTo(next);
        return;
      }
      if (key === 'Enter') pinRow(rows[current]!, shiftKey);
      else if (key === ' ' && shiftKey) selectBetween(anchor.current ?? current, current);
      else if (key === ' ') toggle(current);
      else if (key === 'a' && isModified) selectRows(rows, 'add', 'Select rows of the table');
      else if (key === 'c' && isModified && document.getSelection()?.isCollapsed !== false) copy();
      else if (key === 'ArrowLeft' || key === 'ArrowRight')
        scroller.current?.scrollBy({ left: key === 'ArrowLeft' ? -columnStepPx : columnStepPx });
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    onMouseDown: (event: MouseEvent) => {
      // Else Shift would mark the text between two clicks.
      if (event.shiftKey && !(event.target instanceof HTMLInputElement)) event.preventDefault();
    },
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (!(event.target instanceof Element)) return;
      const line = event.target.closest<HTMLElement>('tr[data-index]');
      if (line === null) return;
      const index = Number(line.dataset.index);
      setCurrent(index);
      const isBox = event.target instanceof HTMLInputElement || event.target === line.firstElementChild;
      if (isBox && event.shiftKey && anchor.current !== null) selectBetween(anchor.current, index);
      else if (isBox || event.ctrlKey || event.metaKey) toggle(index);
      else if (document.getSelection()?.isCollapsed !== false) pinRow(rows[index]!, event.shiftKey);
    },
    onFocus: ({ target }: { target: EventTarget }) => {
      if (!focusedRow(target)) return;
      hoverChannel.set(Number((target as HTMLElement).dataset.row));
    },
    onBlur: () => hoverChannel.set(null),
  };
}
