import type { RunRecord } from '@/core/embedding/run';
import { readBlocks } from '@/core/export/block-grid';
import { type ReportContents, reportCells } from '@/core/export/report-data';
import { formatHundredths } from '@/core/similarity/format-similarity';
import { awaitQuery } from '@/queries/await-query';
import { clustersQuery } from '@/queries/clusters';
import { seriationQuery } from '@/queries/matrix-orders';
import { spreadQuery } from '@/queries/spread';
import { tileSource } from '@/queries/tiles';
import type { View } from '@/state/view';

/** Rows up to which one tree holds all (core/similarity/seriation). */
const oneTreeRows = 5000;
const leastSpread = 1e-6;
/** Ends of the colours until the author sets them, in z. */
const ownRange: readonly [number, number] = [-2, 4];

/** The matrix of a run with alike rows together, as block means; null where fewer than two rows have a vector. */
export async function gatherMatrix(
  run: RunRecord,
  view: Pick<View, 'clusterResolution' | 'matrixScale' | 'matrixRange'>,
): Promise<ReportContents['matrix']> {
  const { members, mean, sd } = await awaitQuery(spreadQuery(run));
  if (members.length < 2) return null;
  const isLarge = members.length > oneTreeRows;
  const clusters = isLarge ? await awaitQuery(clustersQuery(run, view.clusterResolution)) : null;
  const groups =
    clusters === null
      ? null
      : { key: `clusters ${run.id} ${run.doneCount} ${view.clusterResolution}`, groupOf: clusters.clusterOf };
  const { order, method } = await awaitQuery(seriationQuery(run, { key: 'all', rows: members }, groups));
  const tiles = tileSource(run, {
    lines: { key: `all alike ${run.id} ${run.doneCount}`, rows: order },
    columns: null,
    centred: false,
    cells: 'mean',
  });
  const { signal } = new AbortController();
  const grid = await readBlocks(members.length, reportCells, (level, rowTile, columnTile) =>
    tiles.load(level, rowTile, columnTile, signal),
  );
  return {
    run: run.id,
    order:
      method === 'input'
        ? 'Rows stand in their order in the data, which has more alike neighbours than any other found.'
        : 'Alike rows stand together.',
    size: grid.size,
    level: grid.level,
    cells: grid.cells,
    values: grid.values,
    rows: order,
    ...describeColours(mean, sd, view),
  };
}

/** Colours by z over the run's own pairs, as the page does, or by the raw cosine where that is chosen or all pairs are alike. */
function describeColours(
  mean: number | null,
  sd: number | null,
  { matrixScale, matrixRange }: Pick<View, 'matrixScale' | 'matrixRange'>,
): Pick<NonNullable<ReportContents['matrix']>, 'range' | 'ticks' | 'scale' | 'explanation'> {
  const signed = (value: number) => (Math.round(value * 10) / 10).toFixed(1).replace('-', '−');
  if (matrixScale === 'raw' || mean === null || sd === null || sd < leastSpread) {
    const [low, high] = (matrixScale === 'raw' ? matrixRange : null) ?? [0, 1];
    const say = (value: number) => formatHundredths(value);
    return {
      range: [low, high],
      ticks: [say(low), say((low + high) / 2), say(high)],
      scale: null,
      explanation: 'Colours are the cosine as it is; one model’s numbers do not compare with another’s.',
    };
  }
  const [low, high] = (matrixScale === 'z' ? matrixRange : null) ?? ownRange;
  return {
    range: [mean + low * sd, mean + high * sd],
    ticks: [signed(low), signed((low + high) / 2), signed(high)],
    scale: { mean, sd },
    explanation: `Colours are z over this model’s own pairs: 0 is their mean cosine, ${formatHundredths(mean)}; 1 is one standard deviation, ${formatHundredths(sd)}.`,
  };
}
