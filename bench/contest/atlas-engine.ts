// The part of embedding-atlas that the contests use.

interface AtlasOptions {
  readonly metric?: 'euclidean' | 'cosine';
  readonly nNeighbors?: number;
  readonly minDist?: number;
  readonly seed?: number;
  readonly gpu?: boolean;
}

interface AtlasMap {
  readonly embedding: Float32Array;
  run(): Promise<void>;
  step(epochs: number): Promise<void>;
  destroy(): void;
}

export interface AtlasModule {
  createUMAP(
    n: number,
    d: number,
    outputs: number,
    rows: Float32Array,
    options: AtlasOptions,
  ): Promise<AtlasMap>;
  createUMAPFromKNN(
    n: number,
    outputs: number,
    ids: Int32Array,
    distances: Float32Array,
    options: AtlasOptions,
  ): Promise<AtlasMap>;
  createNNDescent(
    n: number,
    d: number,
    rows: Float32Array,
    options: AtlasOptions,
  ): Promise<{ queryByIndex(row: number, k: number): { readonly indices: Int32Array }; destroy(): void }>;
}

/** Name of the peer in results. */
export const atlasName = 'embedding-atlas';
