import * as z from 'zod/mini';
import {
  type ProjectionMethod,
  type ProjectionSettings,
  projectionMethods,
} from '@/core/projection/projection';

/** A finished map of a run, to be shown again without its vectors. */
export interface KeptMap {
  readonly settings: ProjectionSettings;
  /** rowCount × 2, NaN for rows without a place. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly placed: number;
  readonly method: ProjectionMethod;
  readonly done: number;
  readonly total: number;
  readonly twins: number;
  readonly explained: readonly [number, number] | null;
  readonly remark: string | null;
  readonly recall: { readonly value: number; readonly rows: number } | null;
}

/** Groups of rows found in the vectors of a run. */
export interface KeptClusters {
  readonly clusterOf: Int32Array;
  readonly resolution: number;
  readonly count: number;
  readonly sizes: readonly number[];
  readonly keywords: readonly (readonly {
    readonly term: string;
    readonly rows: number;
    readonly rowsInAll: number;
  }[])[];
  readonly names: readonly string[];
  readonly signatures: readonly string[];
  readonly noise: { readonly alone: number; readonly inSmall: number; readonly inLoose: number };
}

/** What a run looks like. */
export interface KeptPicture {
  readonly map: KeptMap | null;
  readonly clusters: KeptClusters | null;
}

const whole = z.number().check(z.int(), z.nonnegative());

export const keptMapSchema = z.object({
  settings: z.object({
    method: z.enum(projectionMethods),
    columns: z.optional(z.readonly(z.tuple([z.string(), z.string()]))),
    neighbours: z.number(),
    minDist: z.number(),
    seed: z.number(),
  }),
  method: z.enum(projectionMethods),
  done: whole,
  total: whole,
  twins: whole,
  explained: z.nullable(z.tuple([z.number(), z.number()])),
  remark: z.nullable(z.string()),
  recall: z.nullable(z.object({ value: z.number(), rows: whole })),
});

export const keptClustersSchema = z.object({
  clusterOf: z.array(z.number().check(z.int(), z.minimum(-1))),
  resolution: z.number(),
  sizes: z.array(whole),
  keywords: z.array(z.array(z.object({ term: z.string(), rows: whole, rowsInAll: whole }))),
  names: z.array(z.string()),
  signatures: z.array(z.string()),
  noise: z.object({ alone: whole, inSmall: whole, inLoose: whole }),
});

/** What is written of a map beside its places. */
export function describeMap({ positions: _, placed: __, ...map }: KeptMap): z.infer<typeof keptMapSchema> {
  return { ...map, explained: map.explained === null ? null : [...map.explained] };
}

export function describeClusters({
  count: _,
  clusterOf,
  ...clusters
}: KeptClusters): z.infer<typeof keptClustersSchema> {
  return {
    ...clusters,
    clusterOf: Array.from(clusterOf),
    sizes: [...clusters.sizes],
    keywords: clusters.keywords.map((words) => words.map((word) => ({ ...word }))),
    names: [...clusters.names],
    signatures: [...clusters.signatures],
  };
}

/** Null where there are other places than rows. */
export function mapOf(
  described: z.infer<typeof keptMapSchema>,
  places: { readonly rowCount: number; readonly width: number; readonly values: Float32Array<ArrayBuffer> },
  rowCount: number,
): KeptMap | null {
  if (places.rowCount !== rowCount || places.width !== 2) return null;
  const { values: positions } = places;
  let placed = 0;
  for (let row = 0; row < rowCount; row++) {
    const at = positions.subarray(2 * row, 2 * row + 2);
    if (at.every(Number.isFinite)) placed++;
    else at.fill(Number.NaN);
  }
  return { ...described, positions, placed };
}

/** Null where the rows are not as many, or a row is in a cluster that is not described. */
export function clustersOf(
  described: z.infer<typeof keptClustersSchema>,
  rowCount: number,
): KeptClusters | null {
  const { clusterOf, sizes, keywords, names, signatures } = described;
  const count = sizes.length;
  const isWhole =
    clusterOf.length === rowCount &&
    [keywords, names, signatures].every(({ length }) => length === count) &&
    clusterOf.every((cluster) => cluster < count);
  return isWhole ? { ...described, count, clusterOf: Int32Array.from(clusterOf) } : null;
}
