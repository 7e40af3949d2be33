/** The curve 1/(1 + a x^2b) that says how close two places at distance x are. */
export interface ClosenessCurve {
  readonly a: number;
  readonly b: number;
}

/** UMAP's fuzzy union of all neighbour lists: symmetric, as compressed rows; the columns of a row are in no order. */
export interface FuzzyGraph {
  /** count + 1 positions: the entries of row i are starts[i] to starts[i + 1] − 1. */
  readonly starts: Int32Array<ArrayBuffer>;
  readonly columns: Int32Array<ArrayBuffer>;
  /** Strengths above 0, at most 1. */
  readonly weights: Float32Array<ArrayBuffer>;
}

export interface UmapProblem {
  /** count × k positions, nearest first, the row itself left out, −1 where there is none; only read. */
  readonly ids: Int32Array;
  /** count × k cosines; only read. */
  readonly similarities: Float32Array;
  readonly count: number;
  readonly k: number;
  /** UMAP's n_neighbors, the row itself counted; at most k + 1. */
  readonly neighbours: number;
  /** UMAP's min_dist, 0 to 1; spread is 1. */
  readonly minDist: number;
  /** Passes over the graph. */
  readonly epochs: number;
  /** count × 2 places to start from; copied. */
  readonly places: Float32Array;
  /** Four words for the generator of random numbers, none of them 0. */
  readonly random: Uint32Array;
}

/**
 * One layout in the making. Its steps are to be called in this order: `weighRows` for all rows, `uniteRows` for all rows,
 * `arrangeEdges`, then `moveEpoch` for epochs from 1 on, each part by part. How rows are shared out between calls changes nothing.
 */
export interface UmapSession {
  /** Fits bandwidths so that the strengths of a row's neighbours add up to log2 of n_neighbors, for rows [from, to). */
  weighRows(from: number, to: number): void;
  /** Unites the strengths of rows [from, to) with those of the other direction: w + w′ − w w′. */
  uniteRows(from: number, to: number): void;
  /**
   * Finishes the graph and lists when each edge is due. Returns in how many parts an epoch is done, so that none takes more
   * than some milliseconds. Throws RangeError where memory does not suffice.
   */
  arrangeEdges(): number;
  /** The graph, once finished. The caller owns the copy. */
  readGraph(): FuzzyGraph;
  /** Moves the edges of a part (from 0) that are due in an epoch, with the learning rate 1 − (epoch − 1)/epochs. */
  moveEpoch(epoch: number, part: number): void;
  /** count × 2. The caller owns the copy. */
  copyPlaces(): Float32Array<ArrayBuffer>;
}

/**
 * UMAP's arithmetic on flat arrays. Implementations are equal bit by bit: they use float32 and float64 addition,
 * multiplication and division only, and their own exp and log.
 */
export interface UmapKernels {
  readonly kind: 'wasm-simd' | 'plain';
  /** Least squares to closeness 1 within minDist and exp(minDist − x) beyond, at 300 distances from 0 to 3 (McInnes 2018). */
  fitCurve(minDist: number): ClosenessCurve;
  /** Begins a layout with memory of its own. Throws RangeError where memory does not suffice. */
  open(problem: UmapProblem): UmapSession;
}
