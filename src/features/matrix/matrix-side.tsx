import { memo, useState } from 'react';
import { useStore } from 'zustand';
import { colourColumns } from '@/core/dataset/colour-column';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import type { KeyedRows } from '@/queries/matrix-orders';
import type { Answer } from '@/queries/use-answer';
import { commit, viewStore } from '@/state/view';
import { CutoffSummary } from './cutoff-summary';
import { DifferenceLegend } from './difference-legend';
import type { DrawnPicture } from './drawn-pictures';
import { GroupMeansTable } from './group-means-table';
import { orderColumn } from './matrix-order';
import classes from './matrix-view.module.css';
import { MeansMenu } from './means-menu';
import { PairsPanel } from './pairs-panel';
import { SimilarityPanel } from './similarity-panel';
import { useMatrixRuns } from './use-matrix-runs';
import { usePairSearch } from './use-pair-search';

interface Props {
  dataset: Dataset;
  pictures: readonly DrawnPicture[];
  /** How the pairs of the first picture's run are distributed. */
  counted: Answer<PairHistogram>;
  /** The rows that are drawn. */
  rows: KeyedRows;
  isDark: boolean;
}

/** Beside the matrix: its scale, what counts as the same, and the pairs themselves. */
export const MatrixSide = memo(function MatrixSide({ dataset, pictures, counted, rows, isDark }: Props) {
  const scaled = pictures.find(({ scale }) => scale !== null);
  const difference = pictures.find(({ kind }) => kind === 'difference');
  const run = pictures[0]!.measured.run;
  const choice = useStore(viewStore, ({ view }) => view.matrixScale);
  const paletteChoice = useStore(viewStore, ({ view }) => view.matrixPalette);
  const cells = useStore(viewStore, ({ view }) => view.matrixCells);
  const bars = useStore(viewStore, ({ view }) => view.matrixBars);
  const cutoff = useStore(viewStore, ({ view }) => view.cutoffs[run.id]) ?? null;
  const centred = choice === 'centred';
  const [means, setMeans] = useState<DatasetColumn | null>(null);
  const meansBy = colourColumns(dataset);
  const column = orderColumn(dataset);
  const search = usePairSearch(pictures[0]!.measured, rows, cutoff, column);
  const { b } = useMatrixRuns();
  const setCutoff = (cosine: number) =>
    commit({ cutoffs: { ...viewStore.getState().view.cutoffs, [run.id]: cosine } }, 'Change the cut-off');
  return (
    <aside className={classes.side} aria-label="Similarity and pairs">
      {scaled?.scale != null && (
        <SimilarityPanel
          scale={scaled.scale}
          choice={choice}
          histogram={counted.data}
          failure={counted.error?.message ?? ''}
          cutoff={centred ? null : cutoff}
          palette={scaled.palette}
          paletteChoice={paletteChoice}
          cells={cells}
          bars={bars}
          columns={dataset.columns.map(({ name }) => name)}
          isDark={isDark}
          onCutoff={centred ? null : setCutoff}
        />
      )}
      {difference !== undefined && <DifferenceLegend picture={difference} />}
      {scaled !== undefined && scaled.kind === 'one' && !centred && meansBy.length > 0 && (
        <div className={classes.means}>
          <MeansMenu columns={meansBy} onChoose={setMeans} />
        </div>
      )}
      {means !== null && scaled !== undefined && (
        <GroupMeansTable picture={scaled} column={means} rows={rows} onClose={() => setMeans(null)} />
      )}
      <CutoffSummary
        dataset={dataset}
        run={run}
        cutoff={cutoff}
        hasHistogram={scaled !== undefined}
        search={search}
        column={column}
      />
      <PairsPanel dataset={dataset} search={search} column={column} canDiffer={b !== null} isDark={isDark} />
    </aside>
  );
});
