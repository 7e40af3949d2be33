/** How the clusters of two runs share rows. */
export interface ClusterCorrespondence {
  /** Clusters of A as rows and of B as columns, in the order in which shared rows lie about the diagonal. */
  readonly rowOrder: readonly number[];
  readonly columnOrder: readonly number[];
  /** Rows shared by cluster a of A and cluster b of B: counts[a × columns + b]; cluster numbers, not places in the orders. */
  readonly counts: Uint32Array;
  readonly columns: number;
  /** For each cluster of A its rows that are in no cluster of B, and for each of B those in none of A. */
  readonly onlyInA: Uint32Array;
  readonly onlyInB: Uint32Array;
  /** Rows in a cluster in both runs. */
  readonly shared: number;
  /**
   * Adjusted Rand index over the shared rows (Hubert & Arabie 1985): 1 where they are grouped the same, about 0 where no more than by chance;
   * null where there is nothing to compare, as when both have one cluster.
   */
  readonly adjustedRand: number | null;
}

/**
 * Compares two groupings of the same rows.
 *
 * @param a for each row its cluster, −1 for none; `countA` clusters
 * @param takesPart whether a row is compared: those with a vector in both runs
 */
export function compareClusters(request: {
  readonly a: Int32Array;
  readonly countA: number;
  readonly b: Int32Array;
  readonly countB: number;
  readonly takesPart: (row: number) => boolean;
}): ClusterCorrespondence {
  const { a, countA, b, countB, takesPart } = request;
  const counts = new Uint32Array(countA * countB);
  const onlyInA = new Uint32Array(countA);
  const onlyInB = new Uint32Array(countB);
  let shared = 0;
  for (let row = 0; row < a.length; row++) {
    if (!takesPart(row)) continue;
    const inA = a[row]!;
    const inB = b[row]!;
    if (inA >= 0 && inB >= 0) {
      counts[inA * countB + inB]! += 1;
      shared++;
    } else if (inA >= 0) onlyInA[inA]! += 1;
    else if (inB >= 0) onlyInB[inB]! += 1;
  }
  const rowOrder = Array.from({ length: countA }, (_, cluster) => cluster);
  const columnOrder = orderColumns(counts, countA, countB);
  return {
    rowOrder,
    columnOrder,
    counts,
    columns: countB,
    onlyInA,
    onlyInB,
    shared,
    adjustedRand: adjustedRand(counts, countA, countB, shared),
  };
}

/** Columns by the row with which each shares most, those of the same row by how much; the ones that share nothing last. */
function orderColumns(counts: Uint32Array, rows: number, columns: number): number[] {
  const best = Array.from({ length: columns }, (_, column) => {
    let row = rows;
    let most = 0;
    for (let other = 0; other < rows; other++) {
      if (counts[other * columns + column]! <= most) continue;
      most = counts[other * columns + column]!;
      row = other;
    }
    return { column, row, most };
  });
  return best
    .sort((x, y) => x.row - y.row || y.most - x.most || x.column - y.column)
    .map(({ column }) => column);
}

function adjustedRand(counts: Uint32Array, rows: number, columns: number, shared: number): number | null {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  let together = 0;
  const ofRow = new Float64Array(rows);
  const ofColumn = new Float64Array(columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const count = counts[row * columns + column]!;
      together += pairs(count);
      ofRow[row]! += count;
      ofColumn[column]! += count;
    }
  const inA = ofRow.reduce((sum, count) => sum + pairs(count), 0);
  const inB = ofColumn.reduce((sum, count) => sum + pairs(count), 0);
  const expected = shared < 2 ? 0 : (inA * inB) / pairs(shared);
  const most = (inA + inB) / 2;
  return most - expected > 0 ? (together - expected) / (most - expected) : null;
}
