import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import { divergingPalette, sequentialPalette } from '@/gl/palettes';
import { combinedSource, type MatrixContent, type MatrixTiles, tileSource } from '@/queries/tiles';
import type { View } from '@/state/view';
import { type ColourScale, colourScale, pairScaleOf } from './colour-scale';
import type { CellWords } from './describe-matrix';

/** Ends of the difference, in z; fixed, so that pictures compare. */
const differenceRange = [-3, 3] as const;

/** A run with what makes its colours. */
export interface MeasuredRun {
  readonly run: RunRecord;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Whether the deviation is that of pairs drawn by chance. */
  readonly isRandomised: boolean;
  /** How its pairs are distributed, on the scale that is chosen. */
  readonly histogram: PairHistogram | undefined;
}

/** One drawn matrix. */
export interface DrawnPicture {
  readonly kind: 'one' | 'difference' | 'halves';
  /** The run whose numbers it shows; A where it shows two. */
  readonly measured: MeasuredRun;
  readonly title: string;
  readonly tiles: MatrixTiles;
  readonly palette: readonly string[];
  readonly range: readonly [number, number];
  readonly curve: Float32Array | null;
  /** The scale of the run; null for the difference. */
  readonly scale: ColourScale | null;
  readonly words: CellWords;
}

interface Choices {
  readonly shows: View['matrixShows'];
  readonly scale: View['matrixScale'];
  readonly range: View['matrixRange'];
  readonly palette: View['matrixPalette'];
  readonly isDark: boolean;
}

/** What is drawn of one run or two. Where two cannot be put on one scale, or there is only one, it is the first alone. */
export function drawPictures(
  a: MeasuredRun,
  b: MeasuredRun | null,
  content: MatrixContent,
  choices: Choices,
): DrawnPicture[] {
  const { shows } = choices;
  const one = (measured: MeasuredRun) => drawRun(measured, content, choices);
  if (b === null || shows === 'a') return [one(a)];
  if (shows === 'b') return [one(b)];
  const scaleA = pairScaleOf(a);
  const scaleB = pairScaleOf(b);
  if (scaleA === null || scaleB === null) return [one(a)];
  // Both on the scale of their own pairs, and of the rows as they are.
  const plain = { ...content, centred: false };
  const combine = (kind: 'difference' | 'halves') =>
    combinedSource(tileSource(a.run, plain), tileSource(b.run, plain), plain, { kind, a: scaleA, b: scaleB });
  const names = { a: runName(a.run.spec), b: runName(b.run.spec) };
  const difference: DrawnPicture = {
    kind: 'difference',
    measured: a,
    title: `${names.a} − ${names.b}`,
    tiles: combine('difference'),
    palette: divergingPalette(choices.isDark),
    range: differenceRange,
    curve: null,
    scale: null,
    words: { cells: content.cells, unit: 'z, A − B', percentile: null },
  };
  if (shows === 'difference') return [difference];
  if (shows === 'sides') return [one(a), one(b), difference];
  if (content.columns !== null) return [one(a)];
  const scale = colourScale('z', choices.scale === 'z' ? choices.range : null, a);
  return [
    {
      kind: 'halves',
      measured: a,
      title: `${names.a} above the diagonal, ${names.b} below`,
      tiles: combine('halves'),
      palette: paletteOf(choices),
      range: scale.range,
      curve: null,
      scale,
      words: { cells: content.cells, unit: 'z', percentile: null },
    },
  ];
}

function drawRun(measured: MeasuredRun, content: MatrixContent, choices: Choices): DrawnPicture {
  const scale = colourScale(choices.scale, choices.range, measured);
  return {
    kind: 'one',
    measured,
    title: runName(measured.run.spec),
    tiles: tileSource(measured.run, content),
    palette: paletteOf(choices),
    range: scale.drawnRange,
    curve: scale.curve,
    scale,
    words: {
      cells: content.cells,
      unit: content.centred ? 'centred' : '',
      percentile: scale.kind === 'percentile' ? (cosine) => scale.format(scale.toUnit(cosine)) : null,
    },
  };
}

function paletteOf({ palette, isDark }: Choices): readonly string[] {
  return palette === 'diverging' ? divergingPalette(isDark) : sequentialPalette(isDark);
}

/** A cell's number in words and its place on the palette, 0 to 1. */
export interface DrawnCell {
  readonly text: string;
  readonly share: number;
}

/** What a value of a picture is called in a cell, and its place on the palette. */
export function wordCell(picture: DrawnPicture, value: number): DrawnCell {
  const { kind, scale, range } = picture;
  const [low, high] = kind === 'one' && scale !== null ? scale.range : range;
  const inUnit = kind === 'one' && scale !== null ? scale.toUnit(value) : value;
  const text =
    kind === 'one' && scale !== null && scale.kind === 'percentile'
      ? inUnit.toFixed(0)
      : inUnit.toFixed(kind === 'one' && scale?.kind !== 'z' ? 2 : 1);
  return {
    text: text.replace('-', '−').replace(/^−(0\.0+)$/, '$1'),
    share: (inUnit - low) / (high - low || 1),
  };
}
