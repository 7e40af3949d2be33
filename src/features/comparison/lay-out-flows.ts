import type { ClusterCorrespondence } from '@/core/clustering/cluster-correspondence';

interface Bar {
  readonly cluster: number;
  readonly start: number;
  readonly length: number;
}

interface Band {
  readonly inA: number;
  readonly inB: number;
  readonly count: number;
  /** Upper edges at the left and at the right. */
  readonly from: number;
  readonly to: number;
  readonly thickness: number;
}

/**
 * Bars of both sides from top to bottom in the orders given, as long as the rows they share with the other side, and a band for every pair
 * that shares rows. Rows in no cluster of the other run have no band and no length.
 */
export function layOutFlows({
  found,
  height,
  gapPx,
}: {
  readonly found: ClusterCorrespondence;
  readonly height: number;
  readonly gapPx: number;
}): { left: Bar[]; right: Bar[]; bands: Band[] } {
  const { counts, columns, rowOrder, columnOrder, shared } = found;
  const countOf = (inA: number, inB: number) => counts[inA * columns + inB]!;
  const gaps = Math.max(rowOrder.length, columnOrder.length) - 1;
  const pxARow = shared === 0 ? 0 : Math.max(0, height - gaps * gapPx) / shared;
  const stack = (order: readonly number[], sizeOf: (cluster: number) => number): Bar[] => {
    let start = 0;
    return order.map((cluster) => {
      const bar = { cluster, start, length: sizeOf(cluster) * pxARow };
      start += bar.length + gapPx;
      return bar;
    });
  };
  const left = stack(rowOrder, (inA) => columnOrder.reduce((sum, inB) => sum + countOf(inA, inB), 0));
  const right = stack(columnOrder, (inB) => rowOrder.reduce((sum, inA) => sum + countOf(inA, inB), 0));
  const nextTo = new Map(right.map(({ cluster, start }) => [cluster, start]));
  const bands: Band[] = [];
  for (const { cluster: inA, start } of left) {
    let from = start;
    for (const inB of columnOrder) {
      const count = countOf(inA, inB);
      if (count === 0) continue;
      const thickness = count * pxARow;
      const to = nextTo.get(inB)!;
      bands.push({ inA, inB, count, from, to, thickness });
      from += thickness;
      nextTo.set(inB, to + thickness);
    }
  }
  return { left, right, bands };
}
