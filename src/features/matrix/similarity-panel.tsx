import { Button, Loader, SegmentedControl } from '@mantine/core';
import { countOf } from '@/core/count-of';
import { cosineAtShare, type PairHistogram } from '@/core/similarity/pair-histogram';
import { divergingPalette, sequentialPalette } from '@/gl/palettes';
import { commit, type View } from '@/state/view';
import { OptionMenu } from '@/ui/option-menu';
import type { ColourScale } from './colour-scale';
import { PairHistogramChart } from './pair-histogram-chart';
import classes from './similarity-panel.module.css';

const scaleNames = {
  z: 'Calibrated',
  raw: 'Raw',
  percentile: 'Percentile',
  centred: 'Centred',
} as const satisfies Record<View['matrixScale'], string>;

/** Shares of the pairs between which `Fit to pairs` puts the colours. */
const fittedShares = [0.01, 0.995] as const;

/** Stand for no choice of bars and for the clusters; no column can be called so. */
const autoBars = '\u0000';
export const clusterBars = '\u0001';

interface Props {
  scale: ColourScale;
  choice: View['matrixScale'];
  histogram: PairHistogram | undefined;
  /** Why there is no histogram; empty while it is on its way. */
  failure: string;
  cutoff: number | null;
  palette: readonly string[];
  paletteChoice: View['matrixPalette'];
  cells: View['matrixCells'];
  bars: View['matrixBars'];
  /** Columns whose groups may be barred. */
  columns: readonly string[];
  isDark: boolean;
  /** Null where a cut-off has no meaning. */
  onCutoff: ((cosine: number) => void) | null;
}

/** How alike pairs are and which colours that has: the scale, a histogram with the ends of the colours, the palette. */
export function SimilarityPanel(props: Props) {
  const {
    bars,
    columns,
    scale,
    choice,
    histogram,
    failure,
    palette,
    paletteChoice,
    cells,
    isDark,
    cutoff,
    onCutoff,
  } = props;
  const setRange = (range: readonly [number, number] | null) =>
    commit({ matrixRange: range === null ? null : [...range] }, 'Change the range of colours');
  const fit = () => {
    if (histogram === undefined) return;
    const [low, high] = fittedShares.map((share) => cosineAtShare(histogram, share));
    if (low != null && high != null) setRange([scale.toUnit(low), scale.toUnit(Math.max(high, low + 1e-3))]);
  };
  return (
    <section className={classes.section} aria-label="Similarity">
      <h2 className={classes.heading}>
        Similarity{' '}
        {histogram !== undefined && (
          <span className={classes.count}>
            {histogram.sampledPairs === null
              ? countOf(histogram.pairs, 'pair')
              : `a sample of ${countOf(histogram.sampledPairs, 'pair')}`}
          </span>
        )}
      </h2>
      <SegmentedControl
        aria-label="Scale"
        size="xs"
        fullWidth
        value={choice}
        data={Object.entries(scaleNames).map(([value, label]) => ({ value, label }))}
        onChange={(value) =>
          commit({ matrixScale: value as View['matrixScale'], matrixRange: null }, 'Change scale')
        }
      />
      {histogram === undefined || histogram.pairs === 0 ? (
        <p className={classes.waiting}>
          {histogram !== undefined ? (
            'One row makes no pair.'
          ) : failure === '' ? (
            <>
              <Loader size={12} aria-hidden="true" /> Counting the pairs
            </>
          ) : (
            `The pairs could not be counted. ${failure}`
          )}
        </p>
      ) : (
        <PairHistogramChart
          key={`${scale.kind} ${histogram.pairs}`}
          histogram={histogram}
          scale={scale}
          palette={palette}
          cutoff={cutoff}
          onRange={setRange}
          onCutoff={onCutoff}
        />
      )}
      <p className={classes.words}>
        <strong>{scale.title}.</strong> {scale.explanation} Beyond {scale.format(scale.range[0])} and{' '}
        {scale.format(scale.range[1])} the colour stays the same.
      </p>
      <div className={classes.choices}>
        <OptionMenu
          label="Palette"
          value={paletteChoice}
          options={[
            { value: 'dusk', label: 'Dusk', mark: <Swatch palette={sequentialPalette(isDark)} /> },
            { value: 'diverging', label: 'Two-sided', mark: <Swatch palette={divergingPalette(isDark)} /> },
          ]}
          onChange={(matrixPalette) => commit({ matrixPalette }, 'Change palette')}
        />
        <OptionMenu
          label="Cells"
          value={cells}
          options={[
            { value: 'mean', label: 'Mean', note: 'of the pairs in a cell, exact' },
            { value: 'largest', label: 'Largest', note: 'finds single alike pairs from afar' },
          ]}
          onChange={(matrixCells) => commit({ matrixCells }, 'Change cells')}
        />
        <OptionMenu
          label="Bars"
          value={bars ?? autoBars}
          options={[
            { value: autoBars, label: 'As ordered', note: 'else by label' },
            { value: clusterBars, label: 'Clusters' },
            ...columns.map((name) => ({ value: name, label: name })),
            { value: 'none', label: 'none' },
          ]}
          onChange={(value) => commit({ matrixBars: value === autoBars ? null : value }, 'Change bars')}
        />
        {histogram !== undefined && histogram.pairs > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={fit}>
            Fit to pairs
          </Button>
        )}
        {!scale.isOwnRange && (
          <Button variant="subtle" size="compact-sm" onClick={() => setRange(null)}>
            Reset
          </Button>
        )}
      </div>
    </section>
  );
}

function Swatch({ palette }: { palette: readonly string[] }) {
  return (
    <span
      className={classes.swatch}
      style={{ background: `linear-gradient(to right, ${palette.join(', ')})` }}
      aria-hidden="true"
    />
  );
}
