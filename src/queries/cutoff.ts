import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import type { KnownPairs } from '@/core/evaluation/known-pairs';
import type { ProposedPair } from '@/core/evaluation/propose-pair';
import { seededRandom } from '@/core/random';
import { compute } from '@/queries/compute-client';
import { pairsListed } from '@/queries/pairs';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';

/** Known pairs with a name: equal keys, equal pairs. */
export interface KeyedPairs {
  readonly key: string;
  readonly pairs: KnownPairs;
  /** Whether many pairs share each row, so that rows are drawn for intervals. */
  readonly sharesRows: boolean;
}

/** The cut-off of a run that tells known pairs apart best; `best` is null where they are all of one kind. */
export function bestCutoffQuery(run: RunRecord, { key, pairs, sharesRows }: KeyedPairs) {
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey: ['best-cutoff', run.id, run.doneCount, key],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      return compute.call('findCutoff', { matrix: run.id, pairs, sharesRows }, { signal });
    },
  });
}

const candidatesDrawn = 2000;
const nearestTaken = 400;
const drawSeed = 7;

/** Pairs of a run to be judged: some drawn by chance and the most alike ones, with their cosines. */
export function judgeCandidatesQuery(run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['judge-candidates', run.id, run.doneCount],
    queryFn: async ({ signal }): Promise<ProposedPair[]> => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      if (members.length < 2) return [];
      const random = seededRandom(drawSeed);
      const sample = members.slice();
      if (sample.length > pairsListed) {
        for (let i = 0; i < pairsListed; i++) {
          const other = i + Math.floor(random() * (sample.length - i));
          [sample[i], sample[other]] = [sample[other]!, sample[i]!];
        }
      }
      // The most alike of some thousand rows; of all rows they would take minutes in large datasets.
      const looked = sample.subarray(0, pairsListed).slice().sort();
      const near = await compute.call(
        'findClosePairs',
        {
          matrix: run.id,
          members: looked,
          filter: { groupOf: null, side: 'any' },
          most: nearestTaken,
          least: -1,
        },
        { signal },
      );
      const drawn = Uint32Array.from(
        { length: 2 * candidatesDrawn },
        () => members[Math.floor(random() * members.length)]!,
      );
      const cosines = await compute.call('comparePairs', { matrix: run.id, rows: drawn }, { signal });
      const found = new Map<string, ProposedPair>();
      const add = (x: number, y: number, cosine: number) => {
        const [a, b] = x < y ? [x, y] : [y, x];
        if (a !== b) found.set(`${a} ${b}`, { a, b, cosine });
      };
      near.values.forEach((cosine, i) => {
        add(near.a[i]!, near.b[i]!, cosine);
      });
      cosines.forEach((cosine, i) => {
        add(drawn[2 * i]!, drawn[2 * i + 1]!, cosine);
      });
      return [...found.values()];
    },
  });
}
