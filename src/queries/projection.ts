import { queryOptions } from '@tanstack/react-query';
import type { CoordinateColumns } from '@/core/dataset/coordinates';
import { columnNamed } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { ProjectionMethod, ProjectionSettings } from '@/core/projection/projection';
import { distinctMembers, expandTwins } from '@/core/projection/spread-twins';
import type { NeighbourRecall } from '@/core/similarity/approximate-search';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { datasetQuery } from '@/queries/dataset-query';
import { listsOf, neighboursAmongQuery, neighboursKept } from '@/queries/neighbours';
import { computedForever, queryClient } from '@/queries/query-client';
import type { RowSubset } from '@/queries/row-subset';
import { ensureMatrix } from '@/queries/run-matrix';
import { spreadQuery } from '@/queries/spread';
import { endTask, reportTask } from '@/state/tasks';

/** A map of a run, under way or finished. */
export interface Projection {
  /** rowCount × 2, NaN for rows without a vector. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Rows with a place. */
  readonly placed: number;
  readonly method: ProjectionMethod;
  /** Epochs done and in all; 0 of 0 for PCA. */
  readonly done: number;
  readonly total: number;
  /** Rows that share the place of a row with the same vector. */
  readonly twins: number;
  /** Share of variance along the axes, for PCA. */
  readonly explained: readonly [number, number] | null;
  /** Why the picture is not quite what was asked for, as a sentence. */
  readonly remark: string | null;
  /** How good its neighbours are where they are approximate; null else. */
  readonly recall: NeighbourRecall | null;
}

function projectionKey(
  run: RunRecord,
  settings: ProjectionSettings,
  startRun: RunRecord | null,
  only: RowSubset | null,
) {
  const { method, neighbours, minDist, seed } = settings;
  const some = only === null ? [] : ['only', only.key];
  if (method === 'columns') return ['projection', run.id, method, ...(settings.columns ?? []), ...some];
  if (method === 'pca') return ['projection', run.id, run.doneCount, method, ...some];
  const start = startRun === null ? [] : ['from', startRun.id, startRun.doneCount];
  return ['projection', run.id, run.doneCount, method, neighbours, minDist, seed, ...start, ...some];
}

/** The latest layout of a projection under way; filled by projectionQuery, absent once that has finished. */
export function layoutProgressKey(
  run: RunRecord,
  settings: ProjectionSettings,
  startRun: RunRecord | null = null,
  only: RowSubset | null = null,
) {
  return ['layout-progress', ...projectionKey(run, settings, startRun, only)];
}

/** The map of a run; it starts from its own principal components, or from the finished map of `startRun` with the same settings. With `only` it is a map of those rows alone. */
export function projectionQuery(
  run: RunRecord,
  settings: ProjectionSettings,
  startRun: RunRecord | null = null,
  only: RowSubset | null = null,
) {
  return queryOptions({
    ...computedForever,
    queryKey: projectionKey(run, settings, startRun, only),
    queryFn: ({ signal }) => project(run, settings, startRun, only, signal),
  });
}

async function project(
  run: RunRecord,
  settings: ProjectionSettings,
  startRun: RunRecord | null,
  only: RowSubset | null,
  signal: AbortSignal,
): Promise<Projection> {
  if (settings.method === 'columns') return placeByColumns(run, settings.columns, only, signal);
  if (run.doneCount === 0)
    throw new Error('This run has no vectors here. Embed the texts again, and it is drawn.');
  const progressKey = layoutProgressKey(run, settings, startRun, only);
  await ensureMatrix(run);
  const { plane, members, explained, isRandomised } = await (only === null
    ? awaitQuery(spreadQuery(run), signal)
    : measureAmong(run, only, signal));
  const twinOf = await compute.call('findTwins', { matrix: run.id, members }, { signal });
  const distinct = distinctMembers(members, twinOf);
  const components = pickRows(plane, members, twinOf);
  const show = (layout: Float32Array) => expandTwins({ layout, members, twinOf, rowCount: run.rowCount });
  const shared = { placed: members.length, twins: members.length - distinct.length };
  const pca: Projection = {
    ...shared,
    positions: show(components),
    method: 'pca',
    done: 0,
    total: 0,
    explained,
    remark: isRandomised ? 'The axes were found by randomised PCA.' : null,
    recall: null,
  };
  const { method } = settings;
  if (method === 'pca') return pca;
  queryClient.setQueryData<Projection>(progressKey, pca);

  const neighboursWanted = Math.min(settings.neighbours - 1, Math.max(0, distinct.length - 1));
  // The same search serves clusters, which want more.
  const found = await awaitQuery(
    neighboursAmongQuery(
      run,
      only === null ? 'distinct' : `distinct of ${only.key}`,
      distinct,
      Math.max(neighboursWanted, neighboursKept),
    ),
    signal,
  );
  const startMap = startRun === null ? null : await awaitQuery(projectionQuery(startRun, settings), signal);
  const task = {
    id: progressKey.join(' '),
    label: `Drawing the map of ${runName(run.spec)}`,
    unit: 'steps',
    cancel: null,
  };
  try {
    reportTask({ ...task, done: 0, total: 0 });
    const result = await compute.call(
      'layOut',
      {
        method,
        lists: listsOf(found),
        from: startMap === null ? null : { positions: startMap.positions, members: distinct },
        request: {
          count: distinct.length,
          start: components,
          neighbours: settings.neighbours,
          minDist: settings.minDist,
          seed: settings.seed,
        },
      },
      {
        signal,
        onProgress: ({ phase, done, total, layout }) => {
          reportTask({ ...task, done: phase === 'layout' ? done : 0, total: phase === 'layout' ? total : 0 });
          if (layout === null) return;
          queryClient.setQueryData<Projection>(progressKey, {
            ...shared,
            positions: show(layout),
            method,
            done: phase === 'layout' ? done : 0,
            total: phase === 'layout' ? total : 0,
            explained: null,
            remark: null,
            recall: found.recall,
          });
        },
      },
    );
    queryClient.removeQueries({ queryKey: progressKey });
    return {
      ...shared,
      positions: show(result.layout),
      method: result.method,
      done: result.epochs,
      total: result.epochs,
      explained: result.method === 'pca' ? explained : null,
      remark: result.reason,
      recall: result.method === 'pca' ? null : found.recall,
    };
  } finally {
    endTask(task.id);
  }
}

/** The places that the data itself has; they need no vectors. */
async function placeByColumns(
  run: RunRecord,
  columns: CoordinateColumns | undefined,
  only: RowSubset | null,
  signal: AbortSignal,
): Promise<Projection> {
  const dataset = await awaitQuery(datasetQuery(run.spec.datasetId), signal);
  const cells = columns?.map((name) => (dataset === null ? undefined : columnNamed(dataset, name)?.cells));
  const [x, y] = cells ?? [];
  if (x === undefined || y === undefined)
    throw new Error('These data have no such columns of coordinates. Choose another layout.');
  const positions = await compute.call('readCoordinates', { x, y }, { signal });
  const shown = only === null ? null : new Set(only.rows);
  let placed = 0;
  for (let row = 0; row < positions.length / 2; row++) {
    if (shown !== null && !shown.has(row)) positions.fill(Number.NaN, 2 * row, 2 * row + 2);
    if (!Number.isNaN(positions[2 * row]!)) placed++;
  }
  return {
    positions,
    placed,
    method: 'columns',
    done: 0,
    total: 0,
    twins: 0,
    explained: null,
    remark: null,
    recall: null,
  };
}

async function measureAmong(run: RunRecord, { rows }: RowSubset, signal: AbortSignal) {
  const wanted = new Set(rows);
  const members = compute.membersOf(run.id).filter((row) => wanted.has(row));
  const spread = await compute.call('measureSpread', { matrix: run.id, members }, { signal });
  return { ...spread, members };
}

/** The coordinates of the distinct members, in their order. */
function pickRows(plane: Float32Array, members: Uint32Array, twinOf: Int32Array): Float32Array<ArrayBuffer> {
  const picked = new Float32Array(2 * members.length);
  let count = 0;
  for (let i = 0; i < members.length; i++) {
    if (twinOf[i] !== members[i]) continue;
    picked[count++] = plane[2 * i]!;
    picked[count++] = plane[2 * i + 1]!;
  }
  return picked.slice(0, count);
}
