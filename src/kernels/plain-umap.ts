import type { UmapProblem, UmapSession } from '@/core/projection/umap-kernels';
import { edgesPerCall, edgesPerPart } from './edge-parts';
import { packLists } from './pack-lists';
import { fitPlainCurve } from './plain-curve';
import {
  arrangePlainEdges,
  fillPlainGraph,
  type GraphLists,
  unitePlainRows,
  weighPlainRows,
} from './plain-graph';
import { fillPlainTables, movePlainEdges } from './plain-layout';

/** A UMAP session in plain TypeScript, equal to that of the SIMD kernels bit by bit. */
export function openPlainUmap(problem: UmapProblem): UmapSession {
  const { count, neighbours, epochs } = problem;
  const width = neighbours - 1;
  const lists: GraphLists = {
    count,
    width,
    neighbours,
    ids: new Int32Array(count * width),
    weights: new Float32Array(count * width),
    united: new Float32Array(count * width),
    degrees: new Int32Array(count),
  };
  packLists(problem, lists.ids, lists.weights);
  const tables = fillPlainTables(fitPlainCurve(problem.minDist));
  const places = new Float32Array((count + 1) * 2);
  places.set(problem.places);
  const random = problem.random.slice();
  const weigh = weighPlainRows(lists);
  let graph = { starts: new Int32Array(count + 1), columns: new Int32Array(0), weights: new Float32Array(0) };
  let edges = { heads: new Int32Array(0), tails: new Int32Array(0), rates: new Int32Array(0) };
  return {
    weighRows: weigh,
    uniteRows: (from, to) => unitePlainRows(lists, from, to),
    arrangeEdges: () => {
      graph = fillPlainGraph(lists);
      edges = arrangePlainEdges(graph, epochs);
      return Math.ceil(edges.heads.length / edgesPerPart);
    },
    readGraph: () => ({
      starts: graph.starts.slice(),
      columns: graph.columns.slice(),
      weights: graph.weights.slice(),
    }),
    moveEpoch: (epoch, part) => {
      const alpha = Math.fround(1 - (epoch - 1) / epochs);
      const end = Math.min(edges.heads.length, (part + 1) * edgesPerPart);
      for (let from = part * edgesPerPart; from < end; from += edgesPerCall) {
        const to = Math.min(end, from + edgesPerCall);
        movePlainEdges({ places, count, edges, from, to, epoch, alpha, tables, random });
      }
    },
    copyPlaces: () => places.slice(0, count * 2),
  };
}
