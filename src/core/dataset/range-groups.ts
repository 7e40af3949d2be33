import type { ColumnScale } from '@/core/dataset/column-scale';
import { formatScaleValue } from '@/core/dataset/describe-scale';
import type { RowGroups } from '@/core/dataset/group-rows';

const mostRanges = 10;

/**
 * Rows by ranges of a scale, rising, with about as many rows in each: at most ten, and never two for equal values. A range is named by
 * the least and the most of its rows.
 */
export function rangeGroups({ values, kind, emptyCount }: ColumnScale): RowGroups {
  const filled = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
  filled.sort((a, b) => values[a]! - values[b]! || a - b);
  const groupOf = new Int32Array(values.length).fill(-1);
  const names: string[] = [];
  const counts: number[] = [];
  for (let start = 0; start < filled.length; ) {
    const wanted = Math.round(((names.length + 1) * filled.length) / mostRanges);
    let end = Math.max(start + 1, wanted);
    while (end < filled.length && values[filled[end]!] === values[filled[end - 1]!]) end++;
    for (let at = start; at < end; at++) groupOf[filled[at]!] = names.length;
    const [least, most] = [start, end - 1].map((at) => formatScaleValue(values[filled[at]!]!, kind));
    names.push(least === most ? least! : `${least} to ${most}`);
    counts.push(end - start);
    start = end;
  }
  return { names, counts, groupOf, emptyCount };
}
