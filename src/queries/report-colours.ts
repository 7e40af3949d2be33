import { chosenColourColumn, groupsOf, labelColumns, offeredColumn } from '@/core/dataset/colour-column';
import { type ColumnScale, mostClasses } from '@/core/dataset/column-scale';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { describeScale, placesOnScale } from '@/core/dataset/describe-scale';
import { type TextColumn, textsOf } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { ReportContents } from '@/core/export/report-data';
import { awaitQuery } from '@/queries/await-query';
import { clusterNames, clustersQuery } from '@/queries/clusters';
import { queryClient } from '@/queries/query-client';
import { columnScaleQuery } from '@/queries/row-scale';
import { ownColourKey } from '@/state/filter';
import type { View } from '@/state/view';

/** The column that a person chose to colour rows by; undefined where it is none. */
function chosenColumn(dataset: Dataset, { colourBy }: Pick<View, 'colourBy'>): DatasetColumn | undefined {
  return colourBy?.kind === 'column' ? offeredColumn(dataset, colourBy.name) : undefined;
}

/** Few values are groups. */
function isAlong(scale: ColumnScale | null | undefined): scale is ColumnScale {
  return scale != null && scale.distinctCount > mostClasses;
}

/** The cells of the column along whose scale the page colours its rows; null where it colours them otherwise. */
export function cellsAlongScale(dataset: Dataset, view: Pick<View, 'colourBy'>): TextColumn | null {
  const column = chosenColumn(dataset, view);
  if (column === undefined) return null;
  const scale = queryClient.getQueryData(columnScaleQuery(dataset, column.name).queryKey);
  return isAlong(scale) ? column.cells : null;
}

/** Rows along the scale of the column that colours them: numbers or dates of many values. Null where none does. */
export async function gatherScale(
  dataset: Dataset,
  view: Pick<View, 'colourBy'>,
): Promise<ReportContents['scale']> {
  const column = chosenColumn(dataset, view);
  if (column === undefined) return null;
  const scale = await awaitQuery(columnScaleQuery(dataset, column.name));
  if (!isAlong(scale)) return null;
  return {
    title: column.name,
    ...describeScale(scale, column.about),
    emptyCount: scale.emptyCount,
    words: textsOf(column.cells),
    shares: placesOnScale(scale),
  };
}

/** Colours of one map of the page alone: how it is to be believed, or what is like the pinned row. A report has none of these. */
function isOfOneMap({ colourBy }: Pick<View, 'colourBy'>): boolean {
  return colourBy !== null && !['none', 'cluster', 'column'].includes(colourBy.kind);
}

/** Rows by what colours them on the page: a column or clusters; where that is a scale by what they are until any is chosen. */
export async function gatherGroups(
  dataset: Dataset,
  run: RunRecord,
  view: View,
  isAlongScale: boolean,
): Promise<ReportContents['groups']> {
  const colourBy = isAlongScale || isOfOneMap(view) ? null : view.colourBy;
  if (colourBy?.kind === 'none') return null;
  const column = colourBy?.kind === 'cluster' ? null : chosenColourColumn(dataset, colourBy);
  if (column !== null && (colourBy?.kind === 'column' || labelColumns(dataset).includes(column))) {
    const { names, counts, emptyCount, groupOf } = groupsOf(column);
    const own = ownColoursOf(view, dataset, column.name, names);
    return {
      title: column.name,
      unit: 'value',
      emptyName: 'no value',
      names,
      counts,
      emptyCount,
      groupOf,
      own,
    };
  }
  const clusters = await awaitQuery(clustersQuery(run, view.clusterResolution));
  const named = clusterNames(clusters, view.clusterNames);
  // Names that the page makes are words of the texts.
  const names =
    view.reportTexts === 'none'
      ? clusters.signatures.map((signature, i) => view.clusterNames[signature] ?? `Cluster ${i + 1}`)
      : named;
  const { alone, inSmall, inLoose } = clusters.noise;
  return {
    title: `Clusters of ${runName(run.spec)}`,
    unit: 'cluster',
    emptyName: 'no cluster',
    names,
    counts: clusters.sizes,
    emptyCount: alone + inSmall + inLoose,
    groupOf: clusters.clusterOf,
    own: ownColoursOf(view, dataset, 'Cluster', clusters.signatures),
  };
}

/** What the colours are, where they are not those of the page. */
export function describeColours(view: View, groups: ReportContents['groups']): ReportContents['settings'] {
  if (groups === null || !isOfOneMap(view)) return [];
  return [
    {
      name: 'Colours',
      value: `${groups.title}; those of the page were of one map or one pinned row, which a report does not show`,
    },
  ];
}

function ownColoursOf(
  { ownColours }: View,
  { id }: Dataset,
  title: string,
  keys: readonly string[],
): [number, string][] {
  return keys.flatMap((key, group): [number, string][] => {
    const colour = ownColours[ownColourKey(id, title, key)];
    return colour === undefined ? [] : [[group, colour]];
  });
}
