import { chooseMaps } from '@/core/comparison/choose-maps';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { isRemote, type RunRecord, rowPrefixOf } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { chooseExamples } from '@/core/export/choose-examples';
import { describeReport } from '@/core/export/describe-report';
import { foreseeReportBytes } from '@/core/export/foresee-report';
import type { ReportContents, ReportRun } from '@/core/export/report-data';
import { methodNames } from '@/core/projection/projection';
import { compute } from '@/queries/compute-client';
import { cellsAlongScale, describeColours, gatherGroups, gatherScale } from '@/queries/report-colours';
import { gatherComparison, pairName, type ReportedComparison } from '@/queries/report-comparison';
import { gatherMaps } from '@/queries/report-maps';
import { gatherMatrix } from '@/queries/report-matrix';
import { reportWork } from '@/queries/report-work';
import scriptUrl from '@/report/report.tsx?url';
import { stepsOf } from '@/state/steps';
import { type View, viewStore } from '@/state/view';

/** The runs of a report: those compared, or the active one where there are none to compare. */
export interface ReportedRuns {
  readonly active: RunRecord;
  /** Compared and done. */
  readonly compared: readonly RunRecord[];
  readonly reference: RunRecord | null;
  /** The pair whose rows are open. */
  readonly pair: readonly [RunRecord, RunRecord] | null;
}

/** The runs of a report, the two that are held against each other, and those whose maps it shows. */
function chooseRuns({ active, compared, pair, reference: chosen }: ReportedRuns, { comparisonMaps }: View) {
  const reference = chosen ?? active;
  const runs = compared.length < 2 ? [active] : compared;
  const other = pair?.find(({ id }) => id !== reference.id) ?? runs.find(({ id }) => id !== reference.id);
  const mapRuns = other === undefined ? [active] : chooseMaps(runs, reference, other, comparisonMaps.shown);
  return { reference, runs, other, mapRuns };
}

/** Roughly the bytes of the report. */
export function foreseeReport(dataset: Dataset, reported: ReportedRuns, view: View): number {
  const { texts, rowCount } = dataset;
  return foreseeReportBytes({
    texts,
    scaleCells: cellsAlongScale(dataset, view),
    textShare: view.reportTexts,
    maps: chooseRuns(reported, view).mapRuns.length,
    matrixRows: Math.min(rowCount, reported.active.doneCount),
  });
}

/** Report (HTML): one file that opens offline. What it shows and is not computed yet is computed first. */
export async function exportReport(dataset: Dataset, reported: ReportedRuns): Promise<Blob> {
  const { view } = viewStore.getState();
  const { active, compared } = reported;
  const { reference, runs, other, mapRuns } = chooseRuns(reported, view);
  return reportWork('Gathering the report', 'parts', async (onProgress) => {
    let done = 0;
    const total = mapRuns.length + 3;
    const advance = () => onProgress({ done: ++done, total });
    const comparison =
      compared.length < 2 ? null : await gatherComparison(dataset, runs, view.comparisonK, view.scoreBy);
    advance();
    const scale = await gatherScale(dataset, view);
    const groups = await gatherGroups(dataset, mapRuns[0]!, view, scale !== null);
    const maps = await gatherMaps(dataset, mapRuns, view, advance);
    const matrix = await gatherMatrix(active, view);
    advance();
    const title = view.reportTitle.trim() || titleOf(dataset, runs);
    const contents: ReportContents = {
      title,
      writtenAt: Date.now(),
      pageVersion: import.meta.env.VITE_VERSION,
      dataset: {
        name: dataset.name,
        rowCount: dataset.rowCount,
        labelColumn: dataset.labelColumn,
        remarks: remarksOf(dataset),
      },
      textShare: view.reportTexts,
      runs: withRuns(runs, active).map(describeRun),
      comparison: comparison?.words ?? null,
      examples: examplesOf(view, comparison, reference, other),
      steps: stepsOf(view.steps, dataset.id).map(({ title, sentence, view: { tab, pinned, selection } }) => ({
        title,
        sentence,
        tab: tab === 'matrix' || tab === 'compare' || tab === 'table' ? tab : 'map',
        pinned: typeof pinned === 'number' ? pinned : null,
        selection: Array.isArray(selection) ? selection : [],
      })),
      definitions: describeReport({ comparison: comparison?.words ?? null, maps, matrix }),
      settings: [...settingsOf(view, dataset, mapRuns), ...describeColours(view, groups)],
      texts: dataset.texts,
      groups,
      scale,
      maps,
      matrix,
    };
    const file = await compute.call('writeReport', { contents, scriptUrl });
    advance();
    return file;
  });
}

function titleOf({ name }: Dataset, runs: readonly RunRecord[]): string {
  const [first] = runs;
  return runs.length === 1
    ? `What ${runName(first!.spec)} thinks is alike in ${name}`
    : `What ${runs.length} models think is alike in ${name}`;
}

function withRuns(runs: readonly RunRecord[], active: RunRecord): RunRecord[] {
  const all = runs.some(({ id }) => id === active.id) ? [...runs] : [...runs, active];
  return all.sort((a, b) => a.slot - b.slot);
}

const providerNames = {
  featherless: 'Featherless',
  'openai-compatible': 'a server with the OpenAI interface',
  baseline: 'built into the page; compares words and letters, not meaning',
  imported: 'vectors brought in from a file',
} as const;

/** Never an address: a report goes to people whom it does not concern. */
function describeRun({ id, spec, slot, width, doneCount, failures }: RunRecord): ReportRun {
  const prefix = rowPrefixOf(spec.texts);
  const sent = [
    ...(prefix === '' ? [] : [`“${prefix}” before each text`]),
    ...(spec.texts.maxTokens === null
      ? []
      : [`texts cut at about ${countOf(spec.texts.maxTokens, 'token')}`]),
  ];
  return {
    id,
    name: runName(spec),
    model: spec.model,
    provider: providerNames[spec.provider],
    slot,
    dimensions: width,
    done: doneCount,
    failed: failures.length,
    sent: isRemote(spec.provider) ? sent.join(', ') : '',
  };
}

function remarksOf({ notes: { blankSkipped, duplicates, remarks } }: Dataset): string[] {
  return [
    ...(blankSkipped > 0 ? [`${countOf(blankSkipped, 'blank row')} skipped.`] : []),
    ...(duplicates > 0 ? [`${countOf(duplicates, 'row')} repeat the text of an earlier row.`] : []),
    ...remarks,
  ];
}

function examplesOf(
  view: View,
  comparison: ReportedComparison | null,
  reference: RunRecord,
  other: RunRecord | undefined,
): ReportContents['examples'] {
  const agreement =
    comparison === null || other === undefined
      ? undefined
      : comparison.agreements.get(pairName(reference, other));
  const { pinned, secondPin, selection } = view;
  return chooseExamples({
    pinned: [pinned, secondPin].filter((row) => row !== null),
    selection,
    differing:
      agreement === undefined || other === undefined
        ? null
        : { ...agreement, a: runName(reference.spec), b: runName(other.spec) },
  });
}

function settingsOf(
  { projection, comparisonK, clusterResolution, comparisonMaps }: View,
  dataset: Dataset,
  mapRuns: readonly RunRecord[],
): ReportContents['settings'] {
  const { method, neighbours, minDist, seed } = projection;
  const isPca = method === 'pca';
  const start =
    comparisonMaps.layouts === 'aligned'
      ? `the others start from the map of ${runName(mapRuns[0]!.spec)} and are laid onto it`
      : 'each starts from its own principal components and is laid onto the first';
  return [
    { name: 'Data', value: `${dataset.name}, ${countOf(dataset.rowCount, 'row')}` },
    { name: 'Label column', value: dataset.labelColumn ?? 'none' },
    {
      name: 'Maps',
      value: isPca
        ? methodNames.pca
        : `${methodNames[method]}, ${neighbours} neighbours, least distance ${minDist}, seed ${seed}`,
    },
    ...(mapRuns.length > 1 && !isPca ? [{ name: 'Several maps', value: start }] : []),
    ...(mapRuns.length > 1 ? [{ name: 'Neighbours compared', value: String(comparisonK) }] : []),
    {
      name: 'Rounding',
      value: 'places to 1/65,534 of the maps’ width, similarities of neighbours to hundredths',
    },
    { name: 'Clusters', value: `resolution ${clusterResolution}, seed 1` },
    ...(mapRuns.length > 1
      ? [{ name: 'Intervals', value: '95 %, bootstrap over rows, 1,000 redraws, seed 20250101' }]
      : []),
  ];
}
