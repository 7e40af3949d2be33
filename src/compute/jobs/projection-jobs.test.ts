import { expect, it } from 'vitest';
import type { JobProgress } from '@/compute/contract';
import { requestFor, threeClusters } from '@/core/projection/layout-samples';
import { plainUmapKernels } from '@/kernels/umap-kernels';
import { createProjectionJobs } from './projection-jobs';

const kernels = Promise.resolve(plainUmapKernels());
const { layOut } = createProjectionJobs(kernels);

/** A context that lets the job breathe so many times before it is aborted. */
function contextFor(breaths: number) {
  const reports: JobProgress<'layOut'>[] = [];
  let left = breaths;
  const context = {
    signal: new AbortController().signal,
    report: (progress: JobProgress<'layOut'>) => void reports.push(progress),
    breathe: async () => {
      if (left-- === 0) throw new Error('aborted');
    },
    transfer: () => {},
  };
  return { reports, context };
}

it.each(['umap', 'umap-js'] as const)(
  '%s stops between epochs and leaves the layout it last told',
  async (method) => {
    // Far more epochs than there is time for.
    const request = requestFor(threeClusters, 14, { epochs: 1e9 });
    const { reports, context } = contextFor(30);
    await expect(layOut({ method, request }, context)).rejects.toThrow('aborted');
    expect(reports.length).toBeGreaterThan(0);
    const last = reports.at(-1)!;
    expect(last.layout.length).toBe(240);
    expect(last.layout.every(Number.isFinite)).toBe(true);
    for (let i = 1; i < reports.length; i++) {
      if (reports[i]!.phase === reports[i - 1]!.phase)
        expect(reports[i]!.done).toBeGreaterThan(reports[i - 1]!.done);
      expect(reports[i]!.layout).not.toBe(reports[i - 1]!.layout);
    }
  },
);

it('returns what the engine asked for returns', async () => {
  const request = requestFor(threeClusters, 14, { epochs: 5 });
  for (const method of ['umap', 'umap-js'] as const) {
    const result = await layOut({ method, request }, contextFor(1e9).context);
    expect(result).toMatchObject({ method, epochs: 5, reason: null });
  }
});
