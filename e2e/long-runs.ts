import { vi } from 'vitest';

const factor = 20;
const seed = Number(process.env.LONG_RUNS_SEED ?? Date.now() % 2 ** 31);
console.log(`Long property runs with seed ${seed}; repeat them with LONG_RUNS_SEED=${seed}.`);

// Every property runs twenty times as often, from another seed than the usual one.
vi.mock('fast-check', async (importOriginal) => {
  const real = await importOriginal<typeof import('fast-check')>();
  const assert: typeof real.assert = (property, parameters) =>
    real.assert(property as never, {
      ...(parameters as object),
      numRuns: ((parameters?.numRuns as number | undefined) ?? 100) * factor,
      seed,
    });
  return { ...real, assert, default: { ...real.default, assert } };
});
