import { queryOptions } from '@tanstack/react-query';
import type { DatasetSummary } from '@/compute/contract';
import { chosenColourColumn, findingGroups } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { VectorHead } from '@/core/dataset/vectors/vector-column';
import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import { asWritten, type RunRecord } from '@/core/embedding/run';
import { runIdOf } from '@/core/embedding/run-id';
import { layoutOfVectors } from '@/core/projection/projection';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { datasetQuery } from '@/queries/dataset-query';
import { numericColumnsQuery } from '@/queries/dataset-rows';
import { inPieces } from '@/queries/in-pieces';
import { forgetPictures, restorePictures } from '@/queries/kept-pictures';
import { keepView, loadKeptView } from '@/queries/kept-view';
import { loadKeyNeeds } from '@/queries/key-needs';
import { computedForever, queryClient } from '@/queries/query-client';
import { followOtherTabs, removeRun, runsUnderWay, startRun } from '@/queries/run-engine';
import { listedRun, listedRuns, runsQuery } from '@/queries/run-list';
import { releaseMatricesExcept } from '@/queries/run-matrix';
import { dismissSubject, showNotice } from '@/state/notices';
import { noteSending, sentToStore } from '@/state/sent-to';
import { commit, forgetSteps, initialView, replaceView, type View, viewStore } from '@/state/view';
import { keepOwn } from '@/state/view-link';

/** Name of the dataset that ships with the page. */
export const sampleName = 'Sample';

/** Datasets kept in this browser, newest first. */
export function datasetListQuery() {
  return queryOptions({
    ...computedForever,
    queryKey: ['datasets'],
    queryFn: (): Promise<DatasetSummary[]> => compute.call('listDatasets', null),
  });
}

/** Makes a run of each array of vectors that came with a dataset; texts are not sent for it. Settles when all are kept. */
export async function importVectors(dataset: Dataset, vectors: readonly VectorHead[]): Promise<void> {
  await Promise.all(
    vectors.map(async ({ name, digest }) => {
      const spec = {
        provider: 'imported',
        baseUrl: digest,
        model: name,
        dimensions: null,
        texts: asWritten,
        datasetId: dataset.id,
      } as const;
      await startRun(dataset, spec);
      // One that was cancelled can still be resumed.
      if (listedRun(dataset.id, runIdOf(spec))?.status === 'done')
        await compute.call('releaseVectors', { datasetId: dataset.id, digest }).catch(() => {});
    }),
  );
}

/** Shows the ready map that joined the data on the screen, whose runs, selections and steps stay. The step can be undone. */
export async function showPlaces(joined: Dataset): Promise<void> {
  // The worker that sorts and searches learns of the new columns before the page shows them.
  await queryClient.fetchQuery({ ...numericColumnsQuery(joined), staleTime: 0 });
  queryClient.setQueryData(datasetQuery(joined.id).queryKey, joined);
  commit({ tab: 'map', projection: layoutFor(joined) }, 'Add a map');
  await keepDataset(joined);
}

/** A view that was asked for by a link, of data that is not in this browser yet. */
let awaited: View | null = null;

/**
 * Brings back what a link asks for, what the last visit left, or the sample. Settles when there is a dataset on the screen.
 * A link to data that is not in this browser is said, and shown once that data is added.
 */
export async function openWorkspace(asked: View | null): Promise<void> {
  const view = await loadKeptView();
  await loadKeyNeeds();
  const linked = asked === null ? null : keepOwn(asked, view ?? initialView);
  if (
    !(linked !== null && (await showKept(linked))) &&
    !(view !== null && linked === null && (await showKept(view)))
  ) {
    const sample = await compute.call('loadSample', null);
    if (linked !== null && linked.datasetId !== null && linked.datasetId !== sample.id) {
      awaited = linked;
      showNotice({
        tone: 'warn',
        subject: 'linked data missing',
        headline: 'This link shows a view of texts that are not in this browser.',
        text: 'A link holds no texts. Add the same file, and the view it shows comes up.',
      });
      if (view === null || !(await showKept(view))) await showSample(sample);
    } else await showSample(sample, linked);
  }
  keepView();
  await keepSentTo();
  watchDataset();
  followOtherTabs();
}

async function showSample(sample: Dataset, linked: View | null = null): Promise<void> {
  await showDataset(sample, undefined, linked === null ? undefined : whileOpening(linked));
  await keepDataset(sample);
}

/** Puts a view in place whose dataset is kept in this browser. False where it is not. */
async function showKept(view: View): Promise<boolean> {
  const id = view.datasetId;
  const kept = id === null ? null : await compute.call('loadDataset', { id }).catch(() => null);
  if (kept === null) return false;
  queryClient.setQueryData(datasetQuery(kept.id).queryKey, kept);
  await loadRuns(kept.id);
  await findShownGroups(kept, view.colourBy);
  replaceView(whileOpening(view));
  return true;
}

/** A tab chosen while the page was opening stays chosen. */
function whileOpening(view: View): View {
  const { tab } = viewStore.getState().view;
  return tab === initialView.tab ? view : { ...view, tab };
}

/** Reads which runs a dataset has, and the pictures kept of those without vectors. */
export async function loadRuns(datasetId: string): Promise<void> {
  await queryClient
    .fetchQuery(runsQuery(datasetId))
    .catch(() => queryClient.setQueryData(runsQuery(datasetId).queryKey, []));
  await restorePictures(datasetId, listedRuns(datasetId));
}

/** Shows a dataset that was just built, and keeps it. Vectors that came with it become runs. The step can be undone. */
export async function openDataset(
  dataset: Dataset,
  label: string,
  vectors: readonly VectorHead[] = [],
): Promise<void> {
  await showDataset(dataset, label);
  void importVectors(dataset, vectors);
  await keepDataset(dataset);
}

/** Keeps a dataset in this browser; where that fails it is said. */
export async function keepDataset({ id }: Dataset): Promise<void> {
  try {
    await compute.call('saveDataset', { id, savedAt: Date.now() });
    await queryClient.invalidateQueries({ queryKey: datasetListQuery().queryKey });
  } catch (error) {
    showNotice({
      tone: 'warn',
      subject: 'dataset not kept',
      headline: 'These texts are not kept in this browser.',
      text: 'Everything works until the tab is closed. Free some storage, then add them again.',
      detail: error instanceof Error ? error.message : null,
    });
  }
}

/** Shows a dataset that is kept in storage. False where it is no longer. */
export async function reopenDataset(id: string): Promise<boolean> {
  const dataset = await queryClient.fetchQuery(datasetQuery(id));
  if (dataset !== null) await showDataset(dataset, 'Change dataset');
  return dataset !== null;
}

/** Puts a dataset on the screen with what is chosen with it; the rest starts afresh. With a label the step can be undone. */
export async function showDataset(dataset: Dataset, label?: string, view?: Partial<View>): Promise<void> {
  queryClient.setQueryData(datasetQuery(dataset.id).queryKey, dataset);
  await loadRuns(dataset.id);
  await findShownGroups(dataset, view?.colourBy ?? null);
  commit(
    {
      activeRun: listedRuns(dataset.id).find(({ doneCount }) => doneCount > 0)?.id ?? null,
      comparedRuns: null,
      reference: null,
      compared: [null, null],
      colourBy: null,
      sizeBy: null,
      pinned: null,
      selection: [],
      isolated: [],
      hiddenGroups: [],
      secondPin: null,
      neighbourRuns: [],
      searchWithout: [],
      tableSort: null,
      tableFilters: {},
      tableSelectedOnly: false,
      matrixOrder: 'input',
      reportTitle: '',
      projection: layoutFor(dataset),
      ...view,
      datasetId: dataset.id,
    },
    label,
  );
  if (awaited?.datasetId === dataset.id) {
    if (view === undefined) commit(keepOwn(awaited, viewStore.getState().view));
    awaited = null;
    dismissSubject('linked data missing');
  }
}

/** Finds the groups by which rows will be coloured, so that the page that shows them need not. */
async function findShownGroups(dataset: Dataset, choice: View['colourBy']): Promise<void> {
  const column = chosenColourColumn(dataset, choice);
  if (column !== null) await inPieces(findingGroups(column));
}

/** A map that came with the data is shown first; the settings of layouts of vectors stay. */
function layoutFor({ coordinates }: Dataset): View['projection'] {
  const settings = layoutOfVectors(viewStore.getState().view.projection);
  return coordinates ? { ...settings, method: 'columns', columns: coordinates } : settings;
}

/** Removes a dataset that is not on the screen, with its runs and the way back to it. Vectors that a server sent stay. */
export async function forgetDataset(id: string): Promise<void> {
  forgetSteps(({ datasetId }) => datasetId === id);
  // Their words may be words of the texts.
  commit({ steps: viewStore.getState().view.steps.filter(({ datasetId }) => datasetId !== id) });
  await Promise.all((await awaitQuery(runsQuery(id))).map(removeRun));
  await compute.call('removeDataset', { id });
  await forgetPictures(id);
  queryClient.removeQueries({ queryKey: datasetQuery(id).queryKey });
  queryClient.removeQueries({ queryKey: runsQuery(id).queryKey });
  await queryClient.invalidateQueries({ queryKey: datasetListQuery().queryKey });
}

/** What a baseline goes on with by itself: it costs nothing and sends nothing. */
const isLeft = new Set<RunRecord['status']>(['cancelled', 'interrupted', 'partly lost', 'no vectors']);

/** Runs the baselines on a dataset that is new, or whose baselines were under way when the page was closed. */
function startBaselines(dataset: Dataset): void {
  const runs = listedRuns(dataset.id);
  for (const { id: model } of baselineModels) {
    const known = runs.find(({ spec }) => spec.provider === 'baseline' && spec.model === model);
    const isWanted = known === undefined ? runs.length === 0 : isLeft.has(known.status);
    const spec = {
      provider: 'baseline',
      baseUrl: '',
      model,
      dimensions: null,
      texts: asWritten,
      datasetId: dataset.id,
    } as const;
    if (isWanted) void startRun(dataset, spec);
  }
}

/** Whenever another dataset comes on the screen: frees the vectors of the last one and runs the baselines. */
function watchDataset(): void {
  let shown: string | null = null;
  const follow = async () => {
    const id = viewStore.getState().view.datasetId;
    if (id === null || id === shown) return;
    shown = id;
    const dataset = await queryClient.fetchQuery(datasetQuery(id));
    if (dataset === null || viewStore.getState().view.datasetId !== id) return;
    releaseMatricesExcept(new Set([...listedRuns(id).map((run) => run.id), ...runsUnderWay()]));
    startBaselines(dataset);
  };
  viewStore.subscribe(() => void follow());
  void follow();
}

const sentToSetting = 'sentTo';

/** Hosts that texts went to are remembered with the texts. */
async function keepSentTo(): Promise<void> {
  const stored = await compute.call('loadSetting', { key: sentToSetting }).catch(() => null);
  if (Array.isArray(stored)) for (const host of stored) if (typeof host === 'string') noteSending(host);
  sentToStore.subscribe(({ hosts }) => {
    compute.call('saveSetting', { key: sentToSetting, value: hosts }).catch(() => {});
  });
}
