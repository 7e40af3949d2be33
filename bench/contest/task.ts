import type { UmapKernels } from '@/core/projection/umap-kernels';
import type { Kernels } from '@/kernels/kernels';
import type { AtlasModule } from './atlas-engine';
import type { ClusteredRows } from './clustered-rows';
import type { TensorModule } from './tensor-engine';

export interface Task {
  readonly kind: 'matrix' | 'neighbours' | 'plane' | 'stages' | 'map';
  readonly n: number;
  readonly d: number;
  readonly seed: number;
}

export interface GraphicsProcessor {
  readonly name: string;
  /** How often it was given work so far. */
  countWork(): number;
}

/** What contenders are made of; peers that are not installed are null. */
export interface Engines {
  readonly kernels: Kernels;
  /** The same kernels, to be called one by one. */
  readonly kernelsModule: WebAssembly.Module;
  readonly umapKernels: UmapKernels;
  readonly atlas: AtlasModule | null;
  /** For those who can use one; null where there is none. */
  readonly gpu: GraphicsProcessor | null;
  readonly tensors: TensorModule | null;
}

export interface Contender {
  /** Brings the input into the form that it takes; not timed. */
  prepare?(): unknown;
  /** Does the work once; a number that comes back is its time in milliseconds, where the processor's says nothing. */
  run(): unknown;
  /** Of the work that is done, where doing all of it would take too long: 0 to 1. Default 1. */
  readonly share?: number;
  /** Map contests: n × 2 places of the last run. Neighbour contests: n × (k − 1) ids of the last run. */
  read?(): Float32Array | Int32Array;
}

export interface Contest {
  readonly contenders: Readonly<Record<string, Contender>>;
  close?(): void;
}

export type OpenContest = (task: Task, data: ClusteredRows, engines: Engines) => Contest | Promise<Contest>;

/** Rows beyond which umap-js takes many minutes. */
export const mostForUmapJs = 10_000;

/** Ends the names of those whose time is the time that passes, as the processor's says nothing of a graphics processor's. */
export const passing = ', time that passes';

/** UMAP's number of neighbours, the row itself counted. */
export const neighbourCount = 15;
