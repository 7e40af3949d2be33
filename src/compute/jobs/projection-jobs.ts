import { driveWork, type LaneHandlers } from '@/compute/job';
import { layoutStability } from '@/core/projection/layout-stability';
import { placeByNeighbours } from '@/core/projection/place-by-neighbours';
import { referenceLayout } from '@/core/projection/reference-umap';
import { startFromLayout } from '@/core/projection/start-from-layout';
import { umapLayout } from '@/core/projection/umap';
import type { UmapKernels } from '@/core/projection/umap-kernels';
import { takeNearest } from '@/core/similarity/row-lists';

const stepsEveryMs = 50;
/** A layout shown is a picture drawn; more often than this they would only queue. Large ones take longer to draw. */
const layoutEveryMs = (rowCount: number) => Math.min(1000, Math.max(100, rowCount / 100));

/** @param kernels of the layouts' own arithmetic; the reference engine does without */
export function createProjectionJobs(kernels: Promise<UmapKernels>): LaneHandlers<'projection'> {
  return {
    measureStability: (request, context) => driveWork(layoutStability(request), context),

    placeByNeighbours: async ({ minDist, ...request }, context) => {
      const { fitCurve } = await kernels;
      return driveWork(placeByNeighbours({ ...request, curve: fitCurve(minDist) }), context);
    },

    layOut: async ({ method, lists, from, request: asked }, { report, breathe }) => {
      const nearest = takeNearest(lists, Math.max(1, asked.neighbours - 1));
      const start =
        from === null
          ? null
          : startFromLayout({ ...from, ids: takeNearest(lists, lists.listLength).ids, k: lists.listLength });
      const request = { ...asked, ...nearest, start: start ?? asked.start };
      const work = method === 'umap' ? umapLayout(request, await kernels) : referenceLayout(request);
      let nextReport = 0;
      let nextLayout = 0;
      return driveWork(work, {
        breathe,
        report: ({ phase, done, total, copyPlaces }) => {
          if (performance.now() < nextReport) return;
          const isDrawn = performance.now() >= nextLayout;
          report({ phase, done, total, layout: isDrawn ? copyPlaces() : null });
          nextReport = performance.now() + stepsEveryMs;
          if (isDrawn) nextLayout = performance.now() + layoutEveryMs(request.count);
        },
      });
    },
  };
}
