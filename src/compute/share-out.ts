import type { WorkerLine } from '@/compute/worker-line';

/** Gives each worker the next chunk of 0 … count − 1 until none is left or one fails. */
export async function shareOut(
  pool: readonly WorkerLine[],
  count: number,
  chunk: number,
  work: (line: WorkerLine, from: number, to: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const takeChunks = async (line: WorkerLine) => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + chunk);
      await work(line, from, next);
    }
  };
  try {
    await Promise.all(pool.map(takeChunks));
  } catch (error) {
    next = count;
    throw error;
  }
}
