import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { mapQualityQuery } from '@/queries/map-quality';
import { viewStore } from '@/state/view';

/** How far the row's place on the map of a run can be believed, once that has been measured. */
export function RowTrust({ run, row }: { run: RunRecord; row: number }) {
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const { data } = useQuery({ ...mapQualityQuery(run, settings), enabled: false });
  const trust = data?.trustOfRow[row];
  if (data === undefined || trust === undefined || Number.isNaN(trust)) return null;
  return (
    <div>
      <dt>Place on the map</dt>
      <dd>
        {trust.toFixed(2).replace(/^0/, '')} of 1 trustworthy, all rows{' '}
        {data.map.trustworthiness?.toFixed(2).replace(/^0/, '')}
      </dd>
    </div>
  );
}
