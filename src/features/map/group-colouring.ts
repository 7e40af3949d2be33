import { smallestCluster } from '@/core/clustering/find-clusters';
import { groupsOf } from '@/core/dataset/colour-column';
import { type ColumnScale, mostClasses, valueOnScale } from '@/core/dataset/column-scale';
import type { DatasetColumn } from '@/core/dataset/dataset';
import { describeScale, formatScaleValue, placesOnScale } from '@/core/dataset/describe-scale';
import { type Clusters, clusterNames } from '@/queries/clusters';
import type { Answer } from '@/queries/use-answer';
import type { Colouring } from './colouring';

/** The clusters as groups, or why there are none. */
export function clusterColouring(
  { data, error }: Answer<Clusters>,
  given: Readonly<Record<string, string>>,
): Colouring {
  const title = 'Cluster';
  if (error !== null)
    return { kind: 'waiting', title, words: `Clusters could not be found: ${error.message}` };
  if (data === undefined) return { kind: 'waiting', title, words: 'Looking for groups in the vectors.' };
  if (data.count === 0)
    return {
      kind: 'waiting',
      title,
      words:
        data.clusterOf.length < smallestCluster
          ? `No groups: one needs ${smallestCluster} rows.`
          : 'No groups: these vectors hang together no better than shuffled ones.',
    };
  const emptyCount = data.clusterOf.reduce((sum, cluster) => sum + (cluster < 0 ? 1 : 0), 0);
  return {
    kind: 'groups',
    title,
    unit: 'cluster',
    emptyName: 'no cluster',
    keys: data.signatures,
    groups: {
      names: distinctNames(clusterNames(data, given)),
      counts: data.sizes,
      groupOf: data.clusterOf,
      emptyCount,
    },
  };
}

/** Names by which groups can be told apart: a repeated one takes a number. */
function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** The values of a column as groups or along a scale; one colour where none is chosen. */
export function columnColouring(
  column: DatasetColumn | null,
  scale: ColumnScale | null | undefined,
): Colouring {
  if (column === null) return { kind: 'one' };
  if (scale == null || scale.distinctCount <= mostClasses)
    return {
      kind: 'groups',
      title: column.name,
      groups: groupsOf(column),
      unit: 'value',
      emptyName: 'no value',
    };
  return {
    kind: 'scale',
    title: column.name,
    shares: placesOnScale(scale),
    wordsAt: (place) => formatScaleValue(valueOnScale(scale, place), scale.kind),
    ...describeScale(scale, column.about),
    without: { count: scale.emptyCount, why: 'no value' },
  };
}
