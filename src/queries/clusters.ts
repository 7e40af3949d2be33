import { queryOptions } from '@tanstack/react-query';
import { clusterSignatures } from '@/core/clustering/cluster-signatures';
import { clusterNeighbours } from '@/core/clustering/find-clusters';
import { type Keyword, nameGroups } from '@/core/clustering/keywords';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { distinctMembers } from '@/core/projection/spread-twins';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { datasetQuery } from '@/queries/dataset-query';
import { listsOf, neighboursAmongQuery, neighboursKept } from '@/queries/neighbours';
import { computedForever, queryClient } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

/** Groups of rows found in a run's vectors. */
export interface Clusters {
  /** For each dataset row its cluster, −1 for none or without a vector. */
  readonly clusterOf: Int32Array;
  /** What was asked for. */
  readonly resolution: number;
  /** Largest first. */
  readonly count: number;
  readonly sizes: readonly number[];
  /** Keywords of each cluster, best first, and its name made of them. */
  readonly keywords: readonly (readonly Keyword[])[];
  readonly names: readonly string[];
  /** Names the rows of each cluster: what a person's own name for it is kept under. */
  readonly signatures: readonly string[];
  /**
   * Rows with a vector that are in none: `alone` are no other row's mutual neighbour, `inSmall` in groups under five, `inLoose` in
   * groups that hold together no better than shuffled vectors do.
   */
  readonly noise: { readonly alone: number; readonly inSmall: number; readonly inLoose: number };
}

const seed = 1;
const keywordsKept = 10;
const examplesShown = 5;

/** Different vectors of a run, their nearest among themselves, and how well each one's nearest hold together. */
function clusterGroundQuery(run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['cluster-ground', run.id, run.doneCount],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const twinOf = await compute.call('findTwins', { matrix: run.id, members }, { signal });
      const distinct = distinctMembers(members, twinOf);
      const found = await awaitQuery(neighboursAmongQuery(run, 'distinct', distinct, neighboursKept), signal);
      const copies = new Uint32Array(distinct.length);
      for (const row of twinOf) copies[found.positionOf[row]!]! += 1;
      try {
        const { ofMember, ofShuffled } = await compute.call(
          'measureCohesion',
          { matrix: run.id, members: distinct, ids: found.ids, k: found.k, seed },
          { signal, onProgress: progressOf(run, 'cohesion', 'Looking for groups in') },
        );
        return { members, twinOf, distinct, found, copies, cohesion: ofMember, ofShuffled };
      } finally {
        endTask(taskId(run, 'cohesion'));
      }
    },
  });
}

/**
 * Clusters of a run in its original space, named by their keywords. The same vectors and resolution give the same clusters.
 * Resolution 1 is that of modularity; above it clusters are more and smaller.
 */
export function clustersQuery(run: RunRecord, resolution: number) {
  return queryOptions({
    ...computedForever,
    queryKey: ['clusters', run.id, run.doneCount, resolution],
    queryFn: async ({ signal }): Promise<Clusters> => {
      const ground = await awaitQuery(clusterGroundQuery(run), signal);
      const { members, twinOf, distinct, found, copies, cohesion, ofShuffled } = ground;
      const k = Math.min(found.k, clusterNeighbours(distinct.length));
      const request = {
        lists: listsOf(found),
        count: distinct.length,
        k,
        copies,
        cohesion,
        ofShuffled,
        resolution,
        seed,
      };
      try {
        const groups = await compute.call('findClusters', request, {
          signal,
          onProgress: progressOf(run, 'groups', 'Looking for groups in'),
        });
        const clusterOf = new Int32Array(run.rowCount).fill(-1);
        members.forEach((row, member) => {
          clusterOf[row] = groups.clusterOf[found.positionOf[twinOf[member]!]!]!;
        });
        const dataset = await queryClient.fetchQuery(datasetQuery(run.spec.datasetId));
        const keywords =
          dataset === null
            ? groups.sizes.map(() => [])
            : await findKeywords(run, dataset, clusterOf, groups.sizes.length, signal);
        return {
          clusterOf,
          resolution,
          count: groups.sizes.length,
          sizes: groups.sizes,
          keywords,
          names: nameGroups(keywords),
          signatures: clusterSignatures(clusterOf, groups.sizes.length),
          noise: { alone: groups.alone, inSmall: groups.inSmall, inLoose: groups.inLoose },
        };
      } finally {
        for (const part of ['groups', 'names'] as const) endTask(taskId(run, part));
      }
    },
  });
}

async function findKeywords(
  run: RunRecord,
  dataset: Dataset,
  groupOf: Int32Array,
  groupCount: number,
  signal: AbortSignal,
): Promise<Keyword[][]> {
  if (groupCount === 0) return [];
  return compute.call(
    'findKeywords',
    { textsKey: dataset.id, texts: dataset.texts, groupOf, groupCount, most: keywordsKept },
    { signal, onProgress: progressOf(run, 'names', 'Naming the groups in') },
  );
}

/** What each cluster is called: the person's own name where there is one. */
export function clusterNames(clusters: Clusters, given: Readonly<Record<string, string>>): string[] {
  return clusters.names.map((name, cluster) => given[clusters.signatures[cluster]!] ?? name);
}

/** For each row the name of its cluster, null for none. */
export function clusterNamesOfRows(
  clusters: Clusters,
  given: Readonly<Record<string, string>>,
): (string | null)[] {
  const names = clusterNames(clusters, given);
  return Array.from(clusters.clusterOf, (cluster) => names[cluster] ?? null);
}

/** For each cluster the rows nearest to its middle: the texts that show best what it is about. No two have the same vector. */
export function clusterExamplesQuery(run: RunRecord, resolution: number) {
  return queryOptions({
    ...computedForever,
    queryKey: ['cluster-examples', run.id, run.doneCount, resolution],
    queryFn: async ({ signal }): Promise<readonly (readonly number[])[]> => {
      const { distinct } = await awaitQuery(clusterGroundQuery(run), signal);
      const { clusterOf, count } = await awaitQuery(clustersQuery(run, resolution), signal);
      return compute.call(
        'findCentralRows',
        {
          matrix: run.id,
          members: distinct,
          clusterOf: Int32Array.from(distinct, (row) => clusterOf[row]!),
          count,
          most: examplesShown,
        },
        { signal },
      );
    },
  });
}

type Part = 'cohesion' | 'groups' | 'names';

function taskId(run: RunRecord, part: Part): string {
  return `clusters ${part} ${run.id}`;
}

function progressOf(run: RunRecord, part: Part, words: string) {
  return ({ done, total }: { done: number; total: number }) =>
    reportTask({
      id: taskId(run, part),
      label: `${words} ${runName(run.spec)}`,
      done,
      total,
      unit: 'rows',
      cancel: null,
    });
}
