import type { CoordinateColumns } from '@/core/dataset/coordinates';

/**
 * How rows are laid out in two dimensions; `umap-js` is the reference engine of UMAP, `columns` takes the places that two columns
 * of the data hold.
 */
export const projectionMethods = ['umap', 'umap-js', 'pca', 'columns'] as const;
export type ProjectionMethod = (typeof projectionMethods)[number];

/** What a method is called on the screen. */
export const methodNames = {
  umap: 'UMAP',
  'umap-js': 'umap-js (reference)',
  pca: 'PCA',
  columns: 'Coordinates from the file',
} as const satisfies Record<ProjectionMethod, string>;

/** Everything that decides a map besides the vectors: equal settings on equal vectors give the same picture. */
export interface ProjectionSettings {
  readonly method: ProjectionMethod;
  /** The columns of `columns`; no part of the other methods. */
  readonly columns?: CoordinateColumns;
  /** UMAP's n_neighbors: how many rows, itself counted, each row is held near to. */
  readonly neighbours: number;
  /** UMAP's min_dist: how close two points may lie, in layout units. */
  readonly minDist: number;
  readonly seed: number;
}

/** A closed range of valid values. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

export const defaultProjectionSettings: ProjectionSettings = {
  method: 'umap',
  neighbours: 15,
  minDist: 0.1,
  seed: 42,
};

export const projectionRanges = {
  neighbours: { min: 2, max: 200 },
  minDist: { min: 0, max: 0.99 },
  seed: { min: 0, max: 2 ** 31 - 1 },
} as const satisfies Record<'neighbours' | 'minDist' | 'seed', ValueRange>;

/** Brings settings typed or restored from storage into their ranges; what is missing or no number takes its default. */
export function clampSettings(settings: Partial<ProjectionSettings>): ProjectionSettings {
  const defaults = defaultProjectionSettings;
  const method = projectionMethods.find((known) => known === settings.method) ?? defaults.method;
  const { columns } = settings;
  return {
    method: method === 'columns' && columns === undefined ? defaults.method : method,
    ...(columns === undefined ? {} : { columns }),
    neighbours: clampWhole(settings.neighbours, projectionRanges.neighbours, defaults.neighbours),
    minDist: clampValue(settings.minDist, projectionRanges.minDist, defaults.minDist),
    seed: clampWhole(settings.seed, projectionRanges.seed, defaults.seed),
  };
}

/** The settings of a layout made from vectors: the default method in place of coordinates from the file. */
export function layoutOfVectors({ columns: _, ...settings }: ProjectionSettings): ProjectionSettings {
  return settings.method === 'columns' ? { ...settings, method: defaultProjectionSettings.method } : settings;
}

function clampValue(value: number | undefined, range: ValueRange, fallback: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(range.max, Math.max(range.min, value));
}

function clampWhole(value: number | undefined, range: ValueRange, fallback: number): number {
  return Math.round(clampValue(value, range, fallback));
}
