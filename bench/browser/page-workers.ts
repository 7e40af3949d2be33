import { ComputeClient } from '@/compute/client';
import type { Shape } from '../benchmark';

export interface PageWorkers {
  /** What the page finds first of every run: 30 neighbours of every row. */
  findNeighbours(): Promise<void>;
  /** From vectors to the finished map, step by step as the page does it. */
  drawMap(): Promise<void>;
  close(): void;
}

const neighboursKept = 30;
const rowsABatch = 4096;
const memoryBytes = 8 * 2 ** 30;
let named = 0;

/** The page's own compute client with a matrix that holds the rows. Its workers are warm and settled. */
export async function openPage(values: Float32Array, { n, d }: Shape, poolSize = 1): Promise<PageWorkers> {
  const client = new ComputeClient({ poolSize, memoryBytes });
  const matrix = `bench ${Date.now()} ${named++}`;
  const space = { id: matrix, address: '', model: matrix, dimensions: null, datasetId: null };
  const keys = Uint32Array.from({ length: n * 4 }, (_, i) => (i % 4 === 0 ? i / 4 : i % 4));
  await client.openMatrix({ matrix, rowCount: n, width: d }, { space, keys }, false);
  for (let from = 0; from < n; from += rowsABatch) {
    const count = Math.min(rowsABatch, n - from);
    await client.receiveBatch(matrix, {
      rows: Uint32Array.from({ length: count }, (_, i) => from + i),
      width: d,
      values: values.slice(from * d, (from + count) * d),
    });
  }
  const members = client.membersOf(matrix);
  const search = (k: number) => client.findNeighbours({ matrix, members, k });
  return {
    async findNeighbours() {
      await search(neighboursKept);
    },
    async drawMap() {
      const { plane: start } = await client.call('measureSpread', { matrix, members });
      await client.call('findTwins', { matrix, members });
      const { ids, similarities } = await search(neighboursKept);
      const positionOf = Int32Array.from({ length: n }, (_, row) => row);
      const lists = { ids, similarities, listLength: neighboursKept, positionOf };
      const request = { count: n, start, neighbours: 15, minDist: 0.1, seed: 42 };
      const args = { method: 'umap', lists, request, from: null } as const;
      const { layout } = await client.call('layOut', args, { onProgress: () => {} });
      if (!layout.every(Number.isFinite)) throw new Error('The map has places that are no numbers.');
    },
    close() {
      client.dispose();
    },
  };
}
