import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn, defaultColour } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { clustersQuery } from '@/queries/clusters';
import { mapQualityQuery } from '@/queries/map-quality';
import { isSettled } from '@/queries/neighbours';
import { overlapQuery } from '@/queries/overlap';
import { columnScaleQuery, likenessQuery } from '@/queries/row-scale';
import { stabilityQuery } from '@/queries/stability';
import { type Answer, useAnswer } from '@/queries/use-answer';
import { useCancelWhenLeft } from '@/queries/use-cancel-when-left';
import { useRuns } from '@/queries/use-workspace';
import { commit, viewStore } from '@/state/view';
import type { Colouring, ScaleColouring } from './colouring';
import { clusterColouring, columnColouring } from './group-colouring';
import { agreementScale, similarityScale, stabilityScale, trustScale } from './scale-colouring';

/** The colouring that was chosen for the map of a run. */
export function useColouring(dataset: Dataset, run: RunRecord): Colouring {
  const choice = useStore(viewStore, ({ view }) => view.colourBy);
  const settings = useStore(viewStore, ({ view }) => view.projection);
  // A pin changes no other colours.
  const pinned = useStore(viewStore, ({ view }) =>
    view.colourBy?.kind === 'similarity' ? view.pinned : null,
  );
  const runs = useRuns();
  const kind = (choice ?? defaultColour(dataset)).kind;
  const hasVectors = isSettled(run);
  const column = chosenColourColumn(dataset, choice);
  const other = runs.find(({ id }) => choice?.kind === 'agreement' && id === choice.run);

  const scale = useQuery({
    ...columnScaleQuery(dataset, column?.name ?? ''),
    enabled: kind === 'column' && column !== null,
  });
  const quality = useAnswer(
    useQuery({ ...mapQualityQuery(run, settings), enabled: kind === 'trust' && hasVectors }),
  );
  const likeness = useAnswer(
    useQuery({
      ...likenessQuery(run, pinned ?? 0),
      enabled: kind === 'similarity' && pinned !== null && hasVectors,
    }),
  );
  const overlap = useAnswer(
    useQuery({
      ...overlapQuery(dataset, run, other ?? run),
      enabled: other !== undefined && other.id !== run.id && hasVectors,
    }),
  );

  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const givenNames = useStore(viewStore, ({ view }) => view.clusterNames);
  const clusters = useAnswer(
    useQuery({ ...clustersQuery(run, resolution), enabled: kind === 'cluster' && hasVectors }),
  );

  const isSeeded = settings.method !== 'pca' && settings.method !== 'columns';
  const isStabilityWanted = kind === 'stability' && isSeeded && hasVectors;
  const stability = useAnswer(useQuery({ ...stabilityQuery(run, settings), enabled: isStabilityWanted }));
  useCancelWhenLeft(stabilityQuery(run, settings).queryKey, isStabilityWanted);

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
          ? waitFor('Stability', stability, stabilityScale, {
              words: 'Drawing the map from four more seeds.',
              action: { label: 'Cancel', act: () => commit({ colourBy: null }, 'Change colour') },
            })
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
  query: Answer<Data>,
  make: (data: Data) => Omit<ScaleColouring, 'kind' | 'title'>,
  waiting: Omit<Extract<Colouring, { kind: 'waiting' }>, 'kind' | 'title'> = { words: 'Working it out.' },
): Colouring {
  if (query.data !== undefined) return { kind: 'scale', title, ...make(query.data) };
  if (query.error === null) return { kind: 'waiting', title, ...waiting };
  return {
    kind: 'waiting',
    title,
    words: `It could not be worked out: ${query.error.message}`,
    action: { label: 'Try again', act: () => void query.refetch() },
  };
}
