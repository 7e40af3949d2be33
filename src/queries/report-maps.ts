import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type ReportContents, reportNeighbours } from '@/core/export/report-data';
import { alignLayouts, applyAlignment } from '@/core/projection/align-layouts';
import { describeResidual } from '@/core/projection/describe-alignment';
import { describeTrust, explainTrust } from '@/core/projection/describe-trust';
import { layoutOfVectors } from '@/core/projection/projection';
import { describeRecall } from '@/core/similarity/approximate-search';
import { awaitQuery } from '@/queries/await-query';
import { mapQualityQuery } from '@/queries/map-quality';
import { neighboursQuery } from '@/queries/neighbours';
import { projectionQuery } from '@/queries/projection';
import type { View } from '@/state/view';

type ReportMap = ReportContents['maps'][number];

/** The maps of some runs with every row's nearest: the first as it is, the others laid onto it, as Compare shows them. */
export async function gatherMaps(
  dataset: Dataset,
  runs: readonly RunRecord[],
  { projection, comparisonMaps }: Pick<View, 'projection' | 'comparisonMaps'>,
  onMap: () => void,
): Promise<ReportMap[]> {
  const maps: ReportMap[] = [];
  // Coordinates from the file have no model behind them to be laid beside others.
  const settings = runs.length > 1 ? layoutOfVectors(projection) : projection;
  for (const [i, run] of runs.entries()) {
    const startRun = i === 0 || comparisonMaps.layouts === 'independent' ? null : runs[0]!;
    const shown = await awaitQuery(projectionQuery(run, settings, startRun));
    const quality = await awaitQuery(mapQualityQuery(run, settings, startRun));
    const lists = await awaitQuery(neighboursQuery(run));
    const fixed = maps[0]?.positions;
    const alignment = fixed === undefined ? null : alignLayouts(fixed, shown.positions);
    const recall = lists.recall === null ? [] : [describeRecall(lists.recall)];
    const k = Math.min(reportNeighbours, lists.k);
    maps.push({
      run: run.id,
      placed: shown.placed,
      residual: alignment === null ? '' : describeResidual(alignment),
      remark: [shown.remark ?? '', ...recall].filter((words) => words !== '').join(' '),
      quality: { trust: describeTrust(quality), explanation: explainTrust(quality) },
      k,
      positions: alignment === null ? shown.positions : applyAlignment(shown.positions, alignment),
      ...spreadLists(lists, dataset.rowCount, k),
    });
    onMap();
  }
  return maps;
}

/** The first k of each list, for every row of the dataset. */
function spreadLists(
  lists: { members: Uint32Array; k: number; ids: Int32Array; similarities: Float32Array },
  rowCount: number,
  k: number,
): Pick<ReportMap, 'ids' | 'similarities'> {
  const ids = new Int32Array(rowCount * k).fill(-1);
  const similarities = new Float32Array(rowCount * k).fill(Number.NaN);
  lists.members.forEach((row, position) => {
    const from = position * lists.k;
    ids.set(lists.ids.subarray(from, from + k), row * k);
    similarities.set(lists.similarities.subarray(from, from + k), row * k);
  });
  return { ids, similarities };
}
