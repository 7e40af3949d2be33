import { useQuery } from '@tanstack/react-query';
import { type ColumnScale, mostClasses } from '@/core/dataset/column-scale';
import type { Dataset } from '@/core/dataset/dataset';
import { columnScaleQuery } from '@/queries/row-scale';

/** The scale of a column of numbers or dates; null for none, for one that is neither, and for one of few values, which are groups. */
export function useColumnScale(dataset: Dataset, name: string | null): ColumnScale | null {
  const { data } = useQuery({ ...columnScaleQuery(dataset, name ?? ''), enabled: name !== null });
  return name === null || data == null || data.distinctCount <= mostClasses ? null : data;
}
