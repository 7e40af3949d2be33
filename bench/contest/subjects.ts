import {
  type BenchmarkContext,
  type BenchmarkResult,
  chooseShapes,
  compareFigures,
  fitGrowth,
  type Shape,
} from '../benchmark';
import { type Arena, holdContest, type PythonWork } from './arena';
import { epochsAtATime, stageMarks } from './stage-contest';
import { neighbourCount, passing, type Task } from './task';

/** Benchmarks that are held in Node and in Chromium alike. */
export interface Subject {
  readonly name: string;
  readonly about: string;
  run(arena: Arena, context: BenchmarkContext): AsyncGenerator<BenchmarkResult, void>;
}

const seed = 7;
const shapesOf = (rows: readonly number[], widths: readonly number[]): Shape[] =>
  rows.flatMap((n) => widths.map((d) => ({ n, d })));
const usual = shapesOf([1000, 5000], [384, 1024]);
const beyond = [...shapesOf([10_000, 20_000, 50_000], [384, 1024]), { n: 2000, d: 4096 }];
const usualMaps = shapesOf([1000, 5000], [384]);
const beyondMaps = [
  ...shapesOf([10_000, 20_000, 50_000], [384]),
  ...shapesOf([1000, 5000, 10_000, 20_000, 50_000], [1024]),
  { n: 2000, d: 4096 },
];

interface TimedSubject {
  readonly kind: Task['kind'];
  readonly title: string;
  readonly about: string;
  readonly usual: readonly Shape[];
  readonly beyond: readonly Shape[];
  readonly python: PythonWork;
  /** Work by whose rate times are told, in units of 1e9; null where times are told. */
  readonly work: ((shape: Shape) => number) | null;
}

/** Times of a subject over its shapes, ours beside every peer, and how they grow with n. */
function timeSubject(subject: TimedSubject): Subject {
  return {
    name: subject.kind,
    about: subject.about,
    async *run(arena, context) {
      const growth = new Map<string, { n: number; d: number; ms: number }[]>();
      for (const shape of chooseShapes(context, subject.usual, subject.beyond)) {
        const times = await holdContest(
          arena,
          context,
          { kind: subject.kind, ...shape, seed },
          subject.python,
        );
        for (const [name, ms] of Object.entries(times))
          if (!name.endsWith(passing)) growth.set(name, [...(growth.get(name) ?? []), { ...shape, ms }]);
        const { ours, [`ours${passing}`]: oursPassing, ...peers } = times;
        const all = subject.work?.(shape);
        const figure = (ms: number) => (all === undefined ? ms : all / (ms / 1000));
        for (const [name, ms] of Object.entries(peers)) {
          const passes = name.endsWith(passing);
          yield compareFigures({
            name: passes ? `${subject.title}, all workers${passing}` : subject.title,
            ...shape,
            unit: all === undefined ? 'ms' : 'GFLOP/s',
            better: all === undefined ? 'less' : 'more',
            value: figure(passes ? oursPassing! : ours!),
            peer: { name: passes ? name.slice(0, -passing.length) : name, value: figure(ms) },
          });
        }
        if (Object.keys(peers).length === 0)
          yield compareFigures({ name: subject.title, ...shape, unit: 'ms', better: 'less', value: ours! });
      }
      yield* describeGrowth(subject.title, growth);
    },
  };
}

/** Exponents over the widths that were measured at several n. */
function* describeGrowth(
  title: string,
  growth: ReadonlyMap<string, readonly { readonly n: number; readonly d: number; readonly ms: number }[]>,
): Generator<BenchmarkResult, void> {
  const ours = growth.get('ours') ?? [];
  for (const d of new Set(ours.map((point) => point.d))) {
    const exponentOf = (name: string) => {
      const points = (growth.get(name) ?? []).filter((point) => point.d === d);
      return new Set(points.map(({ n }) => n)).size < 2 ? null : fitGrowth(points);
    };
    const value = exponentOf('ours');
    if (value === null) continue;
    const figure = {
      name: `${title}: growth, p in time ~ n^p`,
      n: Math.max(...ours.filter((point) => point.d === d).map(({ n }) => n)),
      d,
      unit: 'p',
      better: 'less',
      value,
    } as const;
    const peers = [...growth.keys()].filter((name) => name !== 'ours' && exponentOf(name) !== null);
    if (peers.length === 0) yield compareFigures(figure);
    for (const name of peers) yield compareFigures({ ...figure, peer: { name, value: exponentOf(name)! } });
  }
}

const matrixSubject = timeSubject({
  kind: 'matrix',
  title: 'cosine matrix',
  about:
    'normalising and all cosines; loops, tfjs-wasm, OpenBLAS; rate as if every pair were multiplied twice',
  usual,
  beyond,
  work: ({ n, d }) => (2 * n * n * d) / 1e9,
  python: (peer) => ({
    'OpenBLAS sgemm': () => peer.run({ do: 'sgemm' }),
    'OpenBLAS ssyrk (one half)': () => peer.run({ do: 'syrk' }),
  }),
});

const neighbourSubject = timeSubject({
  kind: 'neighbours',
  title: `nearest rows, k = ${neighbourCount}`,
  about:
    'the nearest rows of every row: ours, exact; NN-descent of embedding-atlas and umap-js; NumPy, exact',
  usual,
  beyond,
  work: null,
  python: (peer) => ({
    'NumPy, exact': () => peer.run({ do: 'neighbours', k: neighbourCount - 1 }),
  }),
});

const planeSubject = timeSubject({
  kind: 'plane',
  title: 'PCA to two dimensions',
  about: 'principal components: ours; NumPy by all eigenvectors of the smaller Gram matrix',
  usual,
  beyond,
  work: null,
  python: (peer) => ({ 'NumPy, eigh': () => peer.run({ do: 'plane' }) }),
});

const noWork: ReturnType<PythonWork> = {};

const mapSubject = timeSubject({
  kind: 'map',
  title: 'vectors to finished map',
  about: 'UMAP end to end, each with its own number of epochs; umap-js also with neighbours given',
  usual: usualMaps,
  beyond: beyondMaps,
  work: null,
  python: (peer) => (peer.versions.umapLearn === null ? noWork : { 'umap-learn': () => drawInPython(peer) }),
});

type Peer = Parameters<PythonWork>[0];

function drawInPython(peer: Peer): ReturnType<Peer['run']> {
  return peer.run({ do: 'umap', k: neighbourCount, epochs: null, given: false });
}

/** UMAP's parts on the same exact neighbours. */
const stageSubject: Subject = {
  name: 'stages',
  about: 'UMAP on given neighbours: fuzzy set and start (ours with its PCA), and an epoch',
  async *run(arena, context) {
    const growth = { start: new Map(), move: new Map() } as Record<
      'start' | 'move',
      Map<string, { n: number; d: number; ms: number }[]>
    >;
    const titles = { start: 'UMAP: fuzzy set and start', move: 'UMAP: an epoch' };
    const shapes = chooseShapes(
      context,
      shapesOf([1000, 5000], [384]),
      shapesOf([10_000, 20_000, 50_000], [384]),
    );
    for (const shape of shapes) {
      const times = await holdContest(arena, context, { kind: 'stages', ...shape, seed });
      for (const part of ['start', 'move'] as const) {
        const mark = stageMarks[part];
        const figures = Object.entries(times)
          .filter(([name]) => name.startsWith(mark))
          .map(([name, ms]) => [name.slice(mark.length), part === 'move' ? ms / epochsAtATime : ms] as const);
        for (const [name, ms] of figures)
          growth[part].set(name, [...(growth[part].get(name) ?? []), { ...shape, ms }]);
        const value = figures.find(([name]) => name === 'ours')![1];
        for (const [name, ms] of figures)
          if (name !== 'ours')
            yield compareFigures({
              name: titles[part],
              ...shape,
              unit: 'ms',
              better: 'less',
              value,
              peer: { name, value: ms },
            });
      }
    }
    for (const part of ['start', 'move'] as const) yield* describeGrowth(titles[part], growth[part]);
  },
};

export const subjects: readonly Subject[] = [
  matrixSubject,
  neighbourSubject,
  planeSubject,
  stageSubject,
  mapSubject,
];
