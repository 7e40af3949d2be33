import type { BenchmarkGroup } from '../benchmark';
import { subjects } from '../contest/subjects';
import { openNodeArena } from './node-arena';

/** Every subject, on one thread of this process. */
export const contestsInNode: readonly BenchmarkGroup[] = subjects.map(({ name, about, run }) => ({
  name,
  about,
  where: 'node',
  async *run(context) {
    const arena = await openNodeArena(context);
    try {
      yield* run(arena, context);
    } finally {
      await arena.close();
    }
  },
}));
