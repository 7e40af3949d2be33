import type { UseQueryResult } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import type { KeyedRows } from '@/queries/matrix-orders';
import { commit, viewStore } from '@/state/view';
import { CutoffSummary } from './cutoff-summary';
import { DifferenceLegend } from './difference-legend';
import type { DrawnPicture } from './drawn-pictures';
import classes from './matrix-view.module.css';
import { SimilarityPanel } from './similarity-panel';

interface Props {
  dataset: Dataset;
  pictures: readonly DrawnPicture[];
  /** How the pairs of the first picture's run are distributed. */
  counted: UseQueryResult<PairHistogram>;
  /** The rows that are drawn. */
  rows: KeyedRows;
  isDark: boolean;
}

/** Beside the matrix: its scale, what counts as the same, and the pairs themselves. */
export function MatrixSide({ dataset, pictures, counted, isDark }: Props) {
  const scaled = pictures.find(({ scale }) => scale !== null);
  const difference = pictures.find(({ kind }) => kind === 'difference');
  const run = pictures[0]!.measured.run;
  const choice = useStore(viewStore, ({ view }) => view.matrixScale);
  const paletteChoice = useStore(viewStore, ({ view }) => view.matrixPalette);
  const cells = useStore(viewStore, ({ view }) => view.matrixCells);
  const bars = useStore(viewStore, ({ view }) => view.matrixBars);
  const cutoff = useStore(viewStore, ({ view }) => view.cutoffs[run.id]) ?? null;
  const centred = choice === 'centred';
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
      {scaled !== undefined && <CutoffSummary run={run} cutoff={cutoff} />}
    </aside>
  );
}
