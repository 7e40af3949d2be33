import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { excerptLength } from '@/core/export/report-data';
import { similarityCsvRowLimit } from '@/core/export/similarity-csv';
import type { ProjectionSettings } from '@/core/projection/projection';
import { exportComparison } from '@/queries/export-comparison';
import {
  exportNeighbours,
  exportPoints,
  exportRows,
  exportSimilarities,
  exportVectors,
} from '@/queries/exports';
import { exportReport, foreseeReport, type ReportedRuns } from '@/queries/report';
import { exportSession, foreseeSession } from '@/queries/session';
import type { PictureMaker } from '@/state/picture';
import type { View } from '@/state/view';
import { fileNameFor } from '@/ui/save-file';
import type { FileItem } from './save-item';
import { pictureFile } from './take-along';

/** What the page has to be taken out. */
export interface TakenOut {
  readonly dataset: Dataset;
  readonly runs: readonly RunRecord[];
  /** The run on the screen, where it has vectors. */
  readonly active: RunRecord | null;
  /** What a report would be of; null while no run has vectors. */
  readonly reported: ReportedRuns | null;
  /** Why there is nothing of the run on the screen. */
  readonly whyNone: string;
  readonly k: number;
  readonly settings: ProjectionSettings;
  readonly clusters: { readonly resolution: number; readonly names: Readonly<Record<string, string>> };
  readonly maker: PictureMaker | null;
}

const textsInReport = {
  full: 'texts whole',
  excerpt: `texts up to ${excerptLength} characters`,
  none: 'without texts',
} as const;

/** Stands in the menu for a file that cannot be had, and says why. */
const absent = (name: string, why: string): FileItem => ({ name, note: why, file: '', make: null });

/** Files of all rows, and of what is drawn. */
export function dataFiles(taken: TakenOut): FileItem[] {
  const { dataset, runs, active, reported, whyNone, k, settings, clusters, maker } = taken;
  const compared = reported?.compared ?? [];
  const tooLarge = dataset.rowCount > similarityCsvRowLimit;
  return [
    {
      name: 'Points (CSV)',
      note: runs.length === 0 ? 'texts and columns' : 'texts and places on the map, all runs',
      file: fileNameFor(dataset.name, null, 'points.csv'),
      make: () => exportPoints(dataset, runs, settings, clusters),
    },
    ...rowFiles(taken, null),
    active === null
      ? absent('Similarity matrix (CSV)', whyNone)
      : tooLarge
        ? absent(
            'Similarity matrix (CSV)',
            `only up to ${similarityCsvRowLimit.toLocaleString('en')} rows; take Neighbours instead`,
          )
        : {
            name: 'Similarity matrix (CSV)',
            note: 'every cosine, active run',
            file: fileNameFor(dataset.name, active.id, 'similarities.csv'),
            make: () => exportSimilarities(active, null),
          },
    active === null
      ? absent('Vectors (NPY)', whyNone)
      : {
          name: 'Vectors (NPY)',
          note: 'as they came, 32-bit numbers, active run',
          file: fileNameFor(dataset.name, active.id, 'vectors.npy'),
          make: () => exportVectors(active),
        },
    reported === null
      ? absent('Neighbours (JSONL)', 'needs a run with vectors')
      : {
          name: 'Neighbours (JSONL)',
          note: 'ten nearest of each row, all runs',
          file: fileNameFor(dataset.name, null, 'neighbours.jsonl'),
          make: () => exportNeighbours(runs),
        },
    ...(compared.length < 2
      ? []
      : [
          {
            name: 'Comparison (JSON)',
            note: `scores and agreement of the ${compared.length} runs compared`,
            file: fileNameFor(dataset.name, null, 'comparison.json'),
            make: () => exportComparison(dataset, compared, k),
          },
        ]),
    ...(maker === null
      ? []
      : [
          {
            name: 'Picture (PNG)',
            note: `${maker.note}, with title and legend, at twice its size`,
            file: fileNameFor(dataset.name, maker.runId, 'png'),
            make: () => pictureFile(maker, 'png'),
          },
        ]),
    ...(maker === null || !maker.hasShapes
      ? []
      : [
          {
            name: 'Picture (SVG)',
            note: `${maker.note}, as shapes and words to be worked on`,
            file: fileNameFor(dataset.name, maker.runId, 'svg'),
            make: () => pictureFile(maker, 'svg'),
          },
        ]),
  ];
}

/** Files of the selected rows alone; empty without a selection. */
export function selectionFiles(taken: TakenOut, selection: readonly number[]): FileItem[] {
  const { dataset, runs, active, whyNone, settings, clusters, maker } = taken;
  if (selection.length === 0) return [];
  const ofSelection = maker?.ofSelection ?? null;
  const tooMany = selection.length > similarityCsvRowLimit;
  return [
    {
      name: 'Selected rows (CSV)',
      note: runs.length === 0 ? 'texts and columns' : 'texts and places on the map, all runs',
      file: fileNameFor(dataset.name, null, 'selected-points.csv'),
      make: () => exportPoints(dataset, runs, settings, clusters, selection),
    },
    ...rowFiles(taken, selection),
    active === null
      ? absent('Selected rows (Similarity CSV)', whyNone)
      : tooMany
        ? absent(
            'Selected rows (Similarity CSV)',
            `only up to ${similarityCsvRowLimit.toLocaleString('en')} rows`,
          )
        : {
            name: 'Selected rows (Similarity CSV)',
            note: 'every cosine between two of them, active run',
            file: fileNameFor(dataset.name, active.id, 'selected-similarities.csv'),
            make: () => exportSimilarities(active, selection),
          },
    ...(maker === null || ofSelection === null
      ? []
      : [
          {
            name: 'Selected rows (PNG)',
            note: `${ofSelection.note}, with title and legend, at twice its size`,
            file: fileNameFor(dataset.name, maker.runId, 'selected.png'),
            make: () => pictureFile(ofSelection, 'png'),
          },
        ]),
  ];
}

function rowFiles(
  { dataset, active, whyNone, settings, clusters }: TakenOut,
  rows: readonly number[] | null,
): FileItem[] {
  const prefix = rows === null ? '' : 'selected-';
  const parquet = rows === null ? 'Rows (Parquet)' : 'Selected rows (Parquet)';
  const projector = rows === null ? 'Projector pair (TSV)' : 'Selected rows (Projector pair)';
  if (active === null) return [absent(parquet, whyNone), absent(projector, whyNone)];
  return [
    {
      name: parquet,
      note: 'texts, columns, vectors, map and clusters, active run',
      file: fileNameFor(dataset.name, active.id, `${prefix}rows.parquet`),
      make: () => exportRows('parquet', dataset, active, settings, clusters, rows),
    },
    {
      name: projector,
      note: 'vectors.tsv and metadata.tsv for TensorBoard, in a ZIP',
      file: fileNameFor(dataset.name, active.id, `${prefix}projector.zip`),
      make: () => exportRows('projector', dataset, active, settings, clusters, rows),
    },
  ];
}

/** The report as the author wants it now, and how large it becomes in words. */
export function reportFile(
  { dataset, reported }: { readonly dataset: Dataset; readonly reported: ReportedRuns },
  view: View,
): FileItem & { readonly size: string } {
  const size = inMegabytes(foreseeReport(dataset, reported, view));
  return {
    size,
    name: 'Report (HTML)',
    note: `one file to read offline, ${textsInReport[view.reportTexts]}; about ${size}; no vectors, no key`,
    file: fileNameFor(dataset.name, null, 'report.html'),
    make: () => exportReport(dataset, reported),
  };
}

/** The session, and where there are vectors one without them. */
export function sessionFiles({ dataset, runs }: TakenOut): FileItem[] {
  const size = foreseeSession(dataset, runs);
  const whole: FileItem = {
    name: 'Session',
    note: `texts, ${size.vectors > 0 ? 'runs with their vectors, ' : ''}maps, names and the view, to go on elsewhere; about ${inMegabytes(size.rest + size.vectors)}, never a key`,
    file: fileNameFor(dataset.name, null, 'murmuration.zip'),
    make: () => exportSession(dataset, runs, true),
  };
  if (size.vectors === 0) return [whole];
  return [
    whole,
    {
      // No word of it is in the name of the whole one, by which that is asked for.
      name: 'Light copy (ZIP)',
      note: `texts, maps, clusters, names and the view without vectors: to be looked at; numbers need the texts embedded again; about ${inMegabytes(size.rest)}`,
      file: fileNameFor(dataset.name, null, 'light.murmuration.zip'),
      make: () => exportSession(dataset, runs, false),
    },
  ];
}

function inMegabytes(bytes: number): string {
  return bytes < 1e5 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
