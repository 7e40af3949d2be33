import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { plainKernels } from '@/kernels/kernels';
import { createHeatJobs } from './heat-jobs';
import { MatrixShelf } from './matrix-shelf';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const rowCount = 20_000;
const width = 128;
const inputBytes = rowCount * width * 4;

/** Bytes of array buffers that are held once nothing else is; the engine frees what it collects a little later. */
async function heldBytes(): Promise<number> {
  for (let i = 0; i < 2; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return process.memoryUsage().arrayBuffers;
}

function fill(shelf: MatrixShelf): void {
  const { rows, norms } = shelf.find('some');
  for (let i = 0; i < rows.values.length; i++) rows.values[i] = Math.sin(i * 0.7) / Math.sqrt(width / 2);
  norms.fill(1);
}

it('a matrix with many orders, centred and plain, coarse and fine, holds at most twice its input, and that once', async () => {
  const context = {
    signal: new AbortController().signal,
    report: () => {},
    breathe: async () => {},
    transfer: () => {},
  };
  const before = await heldBytes();
  const shelf = new MatrixShelf();
  const jobs = createHeatJobs(shelf, Promise.resolve(plainKernels()));
  shelf.open({ matrix: 'some', rowCount, width }, null, null);
  fill(shelf);
  expect((await heldBytes()) - before).toBeGreaterThanOrEqual(inputBytes);
  let most = 0;
  for (const [i, centred] of [false, true, false, true, false].entries()) {
    const order = Uint32Array.from({ length: rowCount }, (_, at) => (at * 7919 + i) % rowCount);
    for (const level of [8, 0]) {
      await jobs.drawTile(
        {
          matrix: 'some',
          lines: { key: `order ${i}`, rows: order },
          columns: null,
          centred,
          cells: 'mean',
          level,
          rowBlock: 0,
          columnBlock: 0,
          size: 64,
        },
        context,
      );
    }
    most = Math.max(most, (await heldBytes()) - before);
  }
  await jobs.countPairs(
    { matrix: 'some', members: Uint32Array.from({ length: 2000 }, (_, row) => row), seed: 1, centred: false },
    context,
  );
  most = Math.max(most, (await heldBytes()) - before);
  expect(most).toBeLessThanOrEqual(2 * inputBytes);
  // Told that the measure sees what is held: the pyramids are there beside the input.
  expect(most).toBeGreaterThan(1.2 * inputBytes);
  shelf.close('some');
  expect((await heldBytes()) - before).toBeLessThan(0.1 * inputBytes);
});
