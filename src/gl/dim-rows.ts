import type { RowGroups } from '@/core/dataset/group-rows';

/** How a row is drawn: as its colour says, as grey ground beneath the others, or as a hollow ring that leaves pointer and lasso alone. */
const shown = 0;
export const grey = 1;
export const hidden = 2;

export interface DimRequest {
  rowCount: number;
  /** Null where all rows have one colour. */
  groups: RowGroups | null;
  /** Groups that alone keep their colour; null for all. */
  focused: ReadonlySet<number> | null;
  /** Groups that are filtered out, −1 among them for rows without a value. */
  hiddenGroups: ReadonlySet<number>;
  /** Rows that alone keep their colour; none is all. */
  selection: readonly number[];
}

/** One of `shown`, `grey` and `hidden` a row; null where all are shown. */
export function dimRows(request: DimRequest): Uint8Array | null {
  const { rowCount, groups, focused, hiddenGroups, selection } = request;
  const isFocusing = focused !== null && groups !== null;
  if (!isFocusing && selection.length === 0 && (hiddenGroups.size === 0 || groups === null)) return null;
  const dims = new Uint8Array(rowCount);
  if (selection.length > 0) {
    dims.fill(grey);
    for (const row of selection) dims[row] = shown;
  }
  if (groups === null) return dims;
  for (let row = 0; row < rowCount; row++) {
    const group = groups.groupOf[row]!;
    if (hiddenGroups.has(group)) dims[row] = hidden;
    else if (isFocusing && !focused.has(group)) dims[row] = grey;
  }
  return dims;
}
