import { measureMaps } from '@/core/projection/map-quality';
import { sampleMembers } from '@/core/projection/map-sample';
import { sampleCosines } from '@/core/similarity/sample-cosines';
import { finishWork } from '@/core/work';
import {
  type BenchmarkContext,
  type BenchmarkGroup,
  type BenchmarkResult,
  chooseShapes,
  compareFigures,
  type Shape,
} from '../benchmark';
import { makeClusteredRows } from '../contest/clustered-rows';
import { mapContest } from '../contest/map-contest';
import { ourNeighbours, ourPlane } from '../contest/our-engine';
import { type Engines, neighbourCount, type Task } from '../contest/task';
import { commonest, nearestOnMap, shareFound } from './judge-lists';
import { type LabelledRows, labelledRows } from './labelled-rows';
import { type NodeArena, openNodeArena } from './node-arena';

/** Neighbours that are looked at, the row itself not counted. */
const k = 15;
const limits = { all: 2000, some: 2000 };
const pairs = 200_000;
const seed = 1;

/** How good the maps are, not how fast: the same measures as under each map of the page. */
export const quality: BenchmarkGroup = {
  name: 'quality',
  about:
    'maps and neighbour lists judged beside PCA and every peer; real rows too where SAMPLE_VECTORS_DIR or SAMPLE_TEXTS_DIR is set',
  where: 'node',
  async *run(context) {
    const arena = await openNodeArena(context);
    try {
      const shapes = chooseShapes(context, [{ n: 5000, d: 384 }], [{ n: 10_000, d: 1024 }]);
      for (const shape of shapes) yield* judgeSearches(shape, arena);
      for (const data of labelledRows(arena.engines.kernels, shapes))
        yield* judge(data, await drawAll(data, arena, context), arena.engines);
    } finally {
      await arena.close();
    }
  },
};

/** A map by everyone who can draw one, by name. */
async function drawAll(
  data: LabelledRows,
  { engines, python }: NodeArena,
  { say }: BenchmarkContext,
): Promise<Map<string, Float32Array>> {
  const { n, d, rows } = data;
  const maps = new Map<string, Float32Array>();
  for (const [name, contender] of Object.entries(mapContest({ n, d }, rows, engines).contenders)) {
    say(`${data.name}, ${n} × ${d}: ${name} draws …`);
    await contender.prepare?.();
    await contender.run();
    maps.set(name, contender.read!() as Float32Array);
  }
  if (python !== null && python.versions.umapLearn !== null) {
    say(`${data.name}, ${n} × ${d}: umap-learn draws …`);
    await python.load(rows, n, d);
    await python.run({ do: 'umap', k: neighbourCount, epochs: null, given: false });
    maps.set('umap-learn', new Float32Array(await python.result()));
  }
  maps.set('PCA', ourPlane(engines.kernels, rows, n, d));
  return maps;
}

/** How many of the true nearest rows each search finds. */
async function* judgeSearches(shape: Shape, arena: NodeArena): AsyncGenerator<BenchmarkResult, void> {
  const task: Task = { kind: 'neighbours', ...shape, seed: 7 };
  const { n, d } = shape;
  const { rows } = makeClusteredRows(n, d, task.seed);
  const names = Object.keys(await arena.open(task)).filter((name) => !name.startsWith('its '));
  const shares = new Map<string, number>();
  for (const name of names) {
    await arena.run(name);
    shares.set(name, shareFound(rows, n, d, arena.read(name) as Int32Array));
  }
  const figure = { name: 'true neighbours found', ...shape, unit: 'of 1', better: 'more' } as const;
  const value = shares.get('ours')!;
  yield compareFigures({ ...figure, value, peer: { name: 'all of them', value: 1 } });
  for (const [name, share] of shares)
    if (name !== 'ours') yield compareFigures({ ...figure, value, peer: { name, value: share } });
}

interface Verdict {
  readonly trustworthiness: number | null;
  readonly 'order of distances': number | null;
  readonly 'neighbours kept': number;
  readonly 'label accuracy': number | null;
}

function* judge(
  data: LabelledRows,
  maps: ReadonlyMap<string, Float32Array>,
  { kernels }: Engines,
): Generator<BenchmarkResult, void> {
  const { n, d, rows, labels, hasLabels } = data;
  const sample = sampleMembers(n, limits, seed);
  const members = Uint32Array.from({ length: n }, (_, row) => row);
  const unit = { values: rows, dims: d };
  const nextCosines = sampleCosines({ rows: unit, members, sample, product: kernels.tileProduct });
  const layouts = [...maps.values()];
  const request = { count: n, nextCosines, layouts, k, sample, pairs, seed };
  const measured = finishWork(measureMaps(request));
  const near = ourNeighbours(kernels, rows, n, d, k).ids;
  const nearOf = (row: number) => near.subarray(row * k, (row + 1) * k);
  const verdicts = new Map<string, Verdict>();
  for (const [at, [name, layout]] of [...maps].entries()) {
    let kept = 0;
    let right = 0;
    for (const row of sample) {
      const list = nearestOnMap(layout, row, k);
      const wanted = new Set(nearOf(row));
      kept += list.filter((other) => wanted.has(other)).length;
      if (commonest(list, labels) === labels[row]) right++;
    }
    const { trustworthiness, globalOrder } = measured[at]!;
    verdicts.set(name, {
      trustworthiness,
      'order of distances': globalOrder,
      'neighbours kept': kept / (sample.length * k),
      'label accuracy': hasLabels ? right / sample.length : null,
    });
  }
  const { ours, ...peers } = Object.fromEntries(verdicts);
  for (const measure of Object.keys(ours!) as (keyof Verdict)[]) {
    const value = ours![measure];
    if (value === null) continue;
    const figure = { name: `${data.name}: ${measure}`, n, d, unit: 'of 1', better: 'more', value } as const;
    for (const [name, verdict] of Object.entries(peers))
      if (verdict[measure] !== null)
        yield compareFigures({ ...figure, peer: { name, value: verdict[measure] } });
    if (measure === 'label accuracy') {
      const right = sample.filter((row) => commonest([...nearOf(row)], labels) === labels[row]).length;
      yield compareFigures({ ...figure, peer: { name: 'the vectors', value: right / sample.length } });
    }
  }
}
