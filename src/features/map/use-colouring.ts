import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { smallestCluster } from '@/core/clustering/find-clusters';
import { countOf } from '@/core/count-of';
import type { ColourChoice } from '@/core/dataset/colour-choice';
import { chosenColourColumn, defaultColour, groupsOf } from '@/core/dataset/colour-column';
import { type ColumnScale, mostClasses, placeOnScale, valueOnScale } from '@/core/dataset/column-scale';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import type { RowGroups } from '@/core/dataset/group-rows';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { type Clusters, clusterNames, clustersQuery } from '@/queries/clusters';
import { type MapQuality, mapQualityQuery } from '@/queries/map-quality';
import { isSettled } from '@/queries/neighbours';
import { overlapQuery } from '@/queries/overlap';
import { columnScaleQuery, likenessQuery } from '@/queries/row-scale';
import { type MapStability, stabilityQuery } from '@/queries/stability';
import { useRuns } from '@/queries/use-workspace';
import { viewStore } from '@/state/view';
import { formatScaleValue } from './format-scale-value';

/** Colours along a scale. */
export interface ScaleColouring {
  readonly kind: 'scale';
  readonly title: string;
  /** Where each row lies, 0 to 1; NaN for nowhere. */
  readonly shares: Float32Array;
  /** The words at both ends. */
  readonly ends: readonly [string, string];
  /** The value at a place of 0 to 1, in words. */
  wordsAt(place: number): string;
  /** What the scale says, in a sentence. */
  readonly about: string;
  /** Rows that lie nowhere, and why. */
  readonly without: { readonly count: number; readonly why: string };
  /** Rows worth looking at, and what they are called: "12 rows that wander". */
  readonly rows?: { readonly name: string; readonly rows: readonly number[] };
}

/** What the rows of a map are coloured by, once it is known. */
export type Colouring =
  | { readonly kind: 'one' }
  | {
      readonly kind: 'groups';
      readonly title: string;
      readonly groups: RowGroups;
      /** What the groups' own colours are kept under, where that is not their names. */
      readonly keys?: readonly string[];
      /** What a group is: "value". */
      readonly unit: string;
      /** What rows without a group are called. */
      readonly emptyName: string;
    }
  | ScaleColouring
  | { readonly kind: 'waiting'; readonly title: string; readonly words: string };

/** Trust is drawn from here to 1, whatever the map. */
const leastTrust = 0.4;

/** The colouring that was chosen for the map of a run. */
export function useColouring(dataset: Dataset, run: RunRecord): Colouring {
  const choice = useStore(viewStore, ({ view }) => view.colourBy);
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const runs = useRuns();
  const kind = (choice ?? defaultColour(dataset)).kind;
  const hasVectors = isSettled(run);
  const column = chosenColourColumn(dataset, choice);
  const other = runs.find(({ id }) => choice?.kind === 'agreement' && id === choice.run);

  const scale = useQuery({
    ...columnScaleQuery(dataset, column?.name ?? ''),
    enabled: kind === 'column' && column !== null,
  });
  const quality = useQuery({ ...mapQualityQuery(run, settings), enabled: kind === 'trust' && hasVectors });
  const likeness = useQuery({
    ...likenessQuery(run, pinned ?? 0),
    enabled: kind === 'similarity' && pinned !== null && hasVectors,
  });
  const overlap = useQuery({
    ...overlapQuery(dataset, run, other ?? run),
    enabled: other !== undefined && other.id !== run.id && hasVectors,
  });

  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const givenNames = useStore(viewStore, ({ view }) => view.clusterNames);
  const clusters = useQuery({ ...clustersQuery(run, resolution), enabled: kind === 'cluster' && hasVectors });

  const isSeeded = settings.method !== 'pca' && settings.method !== 'columns';
  const stability = useQuery({
    ...stabilityQuery(run, settings),
    enabled: kind === 'stability' && isSeeded && hasVectors,
  });

  const found = kind === 'column' ? scale.data : undefined;
  return useMemo((): Colouring => {
    const isKept = kind === 'cluster' && clusters.data !== undefined;
    if (!hasVectors && !isKept && kind !== 'column' && kind !== 'none')
      return { kind: 'waiting', title: 'Colours', words: 'They come with the vectors of a run.' };
    switch (kind) {
      case 'cluster':
        return clusterColouring(clusters, givenNames);
      case 'trust':
        return waitFor('Trust in the place', quality, trustScale);
      case 'stability':
        return isSeeded
          ? waitFor('Stability', stability, stabilityScale, 'Drawing the map from four more seeds.')
          : {
              kind: 'waiting',
              title: 'Stability',
              words:
                settings.method === 'pca'
                  ? 'PCA has no seed: it is the same every time.'
                  : 'Coordinates from the file have no seed: they are what they are.',
            };
      case 'similarity':
        if (pinned === null)
          return {
            ...similarityWaits,
            words: 'Pin a row, and the others take the colour of how alike they are.',
          };
        if (likeness.data === null)
          return { ...similarityWaits, words: `Row ${pinned} has no vector in this run.` };
        return waitFor(similarityWaits.title, likeness, (percentiles) =>
          similarityScale(percentiles!, pinned),
        );
      case 'agreement':
        if (other === undefined || other.id === run.id)
          return {
            kind: 'waiting',
            title: 'Agreement',
            words: 'That is the run on the map. Choose another one to hold it against.',
          };
        return waitFor(`Agreement with ${runName(other.spec)}`, overlap, ({ rows, perRow, k }) =>
          agreementScale(rows, perRow, k, run.rowCount, runName(other.spec)),
        );
      case 'none':
        return { kind: 'one' };
      default:
        return columnColouring(column, found);
    }
  }, [
    kind,
    column,
    found,
    quality,
    likeness,
    overlap,
    pinned,
    other,
    run,
    clusters,
    givenNames,
    stability,
    isSeeded,
    settings.method,
    hasVectors,
  ]);
}

const similarityWaits = { kind: 'waiting', title: 'Similarity to the pinned row' } as const;

function waitFor<Data>(
  title: string,
  query: { readonly data: Data | undefined; readonly error: Error | null },
  make: (data: Data) => Omit<ScaleColouring, 'kind' | 'title'>,
  waiting = 'Working it out.',
): Colouring {
  if (query.data !== undefined) return { kind: 'scale', title, ...make(query.data) };
  const words = query.error === null ? waiting : `It could not be worked out: ${query.error.message}`;
  return { kind: 'waiting', title, words };
}

function clusterColouring(
  { data, error }: { readonly data: Clusters | undefined; readonly error: Error | null },
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

function columnColouring(column: DatasetColumn | null, scale: ColumnScale | null | undefined): Colouring {
  if (column === null) return { kind: 'one' };
  if (scale == null || scale.distinctCount <= mostClasses)
    return {
      kind: 'groups',
      title: column.name,
      groups: groupsOf(column),
      unit: 'value',
      emptyName: 'no value',
    };
  const { low, high, least, most, kind, emptyCount } = scale;
  const words = (value: number) => formatScaleValue(value, kind);
  const clipped = least < low || most > high ? 'Ends at the 1st and the 99th percentile.' : '';
  return {
    kind: 'scale',
    title: column.name,
    shares: Float32Array.from(scale.values, (value) => placeOnScale(scale, value)),
    wordsAt: (place) => words(valueOnScale(scale, place)),
    ends: [`${least < low ? '≤ ' : ''}${words(low)}`, `${most > high ? '≥ ' : ''}${words(high)}`],
    about: scale.isLogarithmic ? `Logarithmic. ${clipped}`.trim() : clipped,
    without: { count: emptyCount, why: 'no value' },
  };
}

function trustScale({ trustOfRow, sampled, points }: MapQuality) {
  return {
    shares: trustOfRow.map((trust) => clamp((trust - leastTrust) / (1 - leastTrust))),
    ends: [`≤ ${leastTrust}`, '1'] as const,
    wordsAt: (place: number) => (leastTrust + place * (1 - leastTrust)).toFixed(2),
    about: 'How far a row’s nearest on the map are its nearest in the vectors. Always drawn from 0.4 to 1.',
    without: {
      count: countNowhere(trustOfRow),
      why: sampled < points ? 'not looked at' : 'not measured',
    },
  };
}

function stabilityScale({ keptOfRow, mean, wandering, k, seeds }: MapStability) {
  const wander = countOf(wandering.length, 'row');
  return {
    shares: keptOfRow,
    ends: ['0', '1'] as const,
    wordsAt: (place: number) => place.toFixed(2),
    about: `Share of a row’s ${k} nearest on the map that stay near with ${seeds} other seeds: ${mean.toFixed(2)} on average. ${wandering.length === 0 ? 'No row wanders' : wandering.length === 1 ? '1 row wanders' : `${wander} wander`} from its neighbours.`,
    without: { count: countNowhere(keptOfRow), why: 'no vector' },
    ...(wandering.length === 0
      ? {}
      : { rows: { name: `${wander} that wander${wandering.length === 1 ? 's' : ''}`, rows: wandering } }),
  };
}

function similarityScale(percentiles: Float32Array, pinned: number) {
  return {
    shares: percentiles.map((percentile) => percentile / 100),
    ends: ['0', '100 %'] as const,
    wordsAt: (place: number) => `${(100 * place).toFixed(1)} %`,
    about: `Share of all pairs that are less alike than a row is to row ${pinned}.`,
    without: { count: countNowhere(percentiles), why: 'no vector' },
  };
}

function agreementScale(rows: Uint32Array, perRow: Float32Array, k: number, rowCount: number, name: string) {
  const shares = new Float32Array(rowCount).fill(Number.NaN);
  rows.forEach((row, i) => {
    shares[row] = perRow[i]!;
  });
  return {
    shares,
    ends: ['0', '1'] as const,
    wordsAt: (place: number) => place.toFixed(2),
    about: `Share of a row’s ${k} nearest that ${name} has among its ${k} nearest too.`,
    without: { count: countNowhere(shares), why: 'a repeated text, or no vector in both' },
  };
}

function countNowhere(values: Float32Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
}

/** To 0 to 1; NaN stays NaN. */
function clamp(share: number): number {
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

/** What rows are coloured by, in the words of the menu. */
export function colourName(
  dataset: Dataset,
  choice: ColourChoice | null,
  runs: readonly RunRecord[],
): string {
  const shown = choice ?? defaultColour(dataset);
  switch (shown.kind) {
    case 'cluster':
      return 'cluster';
    case 'similarity':
      return 'similarity to pin';
    case 'trust':
      return 'trust';
    case 'stability':
      return 'stability';
    case 'agreement': {
      const other = runs.find(({ id }) => id === shown.run);
      return other === undefined ? 'agreement' : `agreement with ${runName(other.spec)}`;
    }
    default:
      return chosenColourColumn(dataset, choice)?.name ?? 'none';
  }
}
