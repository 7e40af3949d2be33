export { arenaStart } from './umap-numbers';
export { fitCurve } from './umap-curve';
export { sumMeanDistances, weighRows, uniteRows, listDegrees, fillRows, arrangeEdges } from './umap-graph';
export { fillTables, moveEdges } from './umap-layout';
