import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { KeyedRows } from '@/queries/matrix-orders';
import { pairHistogramQuery } from '@/queries/spread';
import { useAnswer } from '@/queries/use-answer';
import { type View, viewStore } from '@/state/view';
import { drawPictures } from './drawn-pictures';
import { rowsOfPart } from './matrix-parts';
import { useMatrixOrder } from './use-matrix-order';
import type { Spread } from './use-spread';

/** A run and how its pairs spread. */
export interface MeasuredSpread {
  readonly run: RunRecord;
  readonly spread: Spread;
}

interface Request {
  readonly dataset: Dataset;
  readonly a: MeasuredSpread;
  /** Null where one run is shown alone. */
  readonly b: MeasuredSpread | null;
  readonly shows: View['matrixShows'];
  readonly isDark: boolean;
}

/** What of the view makes the matrix another one. */
function choicesOf({ view }: { view: View }) {
  const { matrixOrder, matrixRows, matrixColumns, matrixScale, matrixRange, matrixPalette, matrixCells } =
    view;
  const { pinned, selection } = view;
  return {
    matrixOrder,
    matrixRows,
    matrixColumns,
    matrixScale,
    matrixRange,
    matrixPalette,
    matrixCells,
    pinned,
    selection,
  };
}

/** What the choices make of one run or two: rows, columns, their orders, and the pictures that are drawn of them. */
export function useDrawnMatrix({ dataset, a, b, shows, isDark }: Request) {
  const chosen = useStore(viewStore, useShallow(choicesOf));
  const { matrixOrder, matrixRows, matrixColumns, matrixScale, matrixRange, matrixPalette, matrixCells } =
    chosen;
  const { pinned, selection } = chosen;
  const centred = matrixScale === 'centred';
  const countedA = useAnswer(useQuery(pairHistogramQuery(a.run, centred)));
  const countedB = useAnswer(useQuery({ ...pairHistogramQuery((b ?? a).run, centred), enabled: b !== null }));

  const members = useMemo(() => commonRows(a, shows === 'b' || b === null ? null : b), [a, b, shows]);
  const shownMembers = shows === 'b' && b !== null ? b.spread.members : members;
  const commonKey = shownMembers.length === a.spread.members.length ? '' : ` common ${b?.run.id}`;
  const lineRows = useMemo(
    () => keyed(rowsOfPart(dataset, matrixRows, shownMembers, selection), commonKey),
    [dataset, matrixRows, shownMembers, selection, commonKey],
  );
  const isSquare = matrixColumns === 'same' || matrixColumns === matrixRows;
  const columnRows = useMemo(
    () =>
      isSquare ? lineRows : keyed(rowsOfPart(dataset, matrixColumns, shownMembers, selection), commonKey),
    [isSquare, lineRows, dataset, matrixColumns, shownMembers, selection, commonKey],
  );
  // One order for both runs: that of the first, unless it lacks rows of the second.
  const orderRun = shows === 'b' && b !== null && commonKey !== '' ? b.run : a.run;
  // Another order or run is waited for anew.
  const awaited = `${orderRun.id} ${matrixOrder}`;
  const [givenUp, setGivenUp] = useState('');
  const patience = { isOver: givenUp === awaited, end: () => setGivenUp(awaited) };
  const lines = useMatrixOrder(dataset, orderRun, lineRows, matrixOrder, pinned, patience);
  const columns = useMatrixOrder(dataset, orderRun, columnRows, matrixOrder, pinned, patience);

  const drawLines = useMemo(() => {
    const measured = ({ run, spread }: MeasuredSpread, histogram: typeof countedA.data) => ({
      run,
      mean: spread.mean,
      sd: spread.sd,
      isRandomised: spread.isRandomised,
      histogram,
    });
    return (ordered: KeyedRows, orderedColumns: KeyedRows | null) =>
      drawPictures(
        measured(a, countedA.data),
        b === null ? null : measured(b, countedB.data),
        { lines: ordered, columns: orderedColumns, centred, cells: matrixCells },
        { shows, scale: matrixScale, range: matrixRange, palette: matrixPalette, isDark },
      );
  }, [
    centred,
    matrixCells,
    a,
    b,
    countedA.data,
    countedB.data,
    shows,
    matrixScale,
    matrixRange,
    matrixPalette,
    isDark,
  ]);
  const pictures = useMemo(
    () =>
      drawLines(
        { key: `${lineRows.key} ${lines.order.key}`, rows: lines.order.rows },
        isSquare ? null : { key: `${columnRows.key} ${columns.order.key}`, rows: columns.order.rows },
      ),
    [drawLines, lineRows, lines.order, columnRows, columns.order, isSquare],
  );
  return { pictures, drawLines, lines, columns, isSquare, orderRun, lineRows, countedA, countedB };
}

/** Rows with a vector in both runs; those of the first where there is no second. */
function commonRows(a: MeasuredSpread, b: MeasuredSpread | null): Uint32Array {
  if (b === null) return a.spread.members;
  const inB = new Set(b.spread.members);
  const common = a.spread.members.filter((row) => inB.has(row));
  return common.length === a.spread.members.length ? a.spread.members : common;
}

function keyed({ key, rows }: { key: string; rows: Uint32Array }, suffix: string) {
  return { key: key + suffix, rows };
}
