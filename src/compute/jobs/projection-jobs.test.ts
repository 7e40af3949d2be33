import { expect, it } from 'vitest';
import type { JobProgress } from '@/compute/contract';
import type { LayoutRequest } from '@/core/projection/layout-request';
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

/** The job's arguments for rows that are numbered as their positions are. */
function argsFor({ ids, similarities, k: listLength, ...request }: LayoutRequest) {
  const positionOf = Int32Array.from({ length: request.count }, (_, row) => row);
  return { lists: { ids, similarities, listLength, positionOf }, request, from: null };
}

it.each(['umap', 'umap-js'] as const)(
  '%s stops between epochs and leaves the layout it last told',
  async (method) => {
    // Far more epochs than there is time for.
    const request = requestFor(threeClusters, 14, { epochs: 1e9 });
    const { reports, context } = contextFor(30);
    await expect(layOut({ method, ...argsFor(request) }, context)).rejects.toThrow('aborted');
    expect(reports.length).toBeGreaterThan(0);
    const layouts = reports.flatMap(({ layout }) => (layout === null ? [] : [layout]));
    expect(reports[0]!.layout).not.toBeNull();
    expect(layouts.at(-1)!.length).toBe(240);
    expect(layouts.at(-1)!.every(Number.isFinite)).toBe(true);
    expect(new Set(layouts).size).toBe(layouts.length);
    for (let i = 1; i < reports.length; i++) {
      if (reports[i]!.phase === reports[i - 1]!.phase)
        expect(reports[i]!.done).toBeGreaterThan(reports[i - 1]!.done);
    }
  },
);

it('returns what the engine asked for returns', async () => {
  const request = requestFor(threeClusters, 14, { epochs: 5 });
  for (const method of ['umap', 'umap-js'] as const) {
    const result = await layOut({ method, ...argsFor(request) }, contextFor(1e9).context);
    expect(result).toMatchObject({ method, epochs: 5, reason: null });
  }
});

it('starts where another layout of the dataset has the rows', async () => {
  const args = argsFor(requestFor(threeClusters, 14, { epochs: 0 }));
  const { count } = args.request;
  const members = Uint32Array.from({ length: count }, (_, row) => row);
  const places = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(i));
  const { layout } = await layOut(
    { method: 'umap', ...args, from: { positions: places, members } },
    contextFor(1e9).context,
  );
  const centred = centre(places);
  const largest = centred.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  layout.forEach((value, i) => {
    expect(value).toBeCloseTo((10 * centred[i]!) / largest, 2);
  });
});

function centre(places: Float32Array): number[] {
  const mean = [0, 1].map((axis) => {
    const own = places.filter((_, i) => i % 2 === axis);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return Array.from(places, (value, i) => value - mean[i % 2]!);
}
