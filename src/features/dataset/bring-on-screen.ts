import { countOf } from '@/core/count-of';
import type { CoordinateColumns } from '@/core/dataset/coordinates';
import type { Dataset } from '@/core/dataset/dataset';
import type { VectorHead } from '@/core/dataset/vectors/vector-column';
import { importVectors, openDataset, showPlaces } from '@/queries/datasets';
import { attachVectors, type TableHead } from '@/queries/read-table';
import { openSession, type SessionHead } from '@/queries/session';
import { dismissSubject, showNotice, showPassing } from '@/state/notices';
import { undo, viewStore } from '@/state/view';
import type { ImportMode } from './use-import';

const subject = 'data replaced';
const shownMs = 30_000;

const joinSubject = 'map joined';
/** Two sentences are read in this time. */
const readMs = 12_000;

/** Says what a map did to the data, over the page: what goes by itself moves nothing. */
function sayMap(headline: string, text: string): void {
  showPassing({ subject: joinSubject, headline, text }, readMs);
}

const pairOf = ([x, y]: CoordinateColumns) => `“${x}” across, “${y}” up`;

/** Places that are in the data already are shown, and nothing joins it twice. */
function sayJoined(before: Dataset, { coordinates, addedColumns = [] }: Dataset): void {
  if (!coordinates || addedColumns.length > (before.addedColumns?.length ?? 0)) {
    dismissSubject(joinSubject);
    return;
  }
  sayMap(
    'These places were in the data already.',
    `They are on the screen: ${pairOf(coordinates)}. Nothing was added.`,
  );
}

/** Of data that were here before: that what had joined them is still there. Null where nothing had. */
function describeKeptMap({ coordinates, addedColumns = [] }: Dataset): string | null {
  if (!coordinates?.some((name) => addedColumns.includes(name))) return null;
  return `The map that had joined them is kept and shown: ${pairOf(coordinates)}. “Only its map, for these rows” takes the places of this file instead.`;
}

/** Takes steps back until the dataset is no longer the one on the screen. */
function undoDataset(id: string): void {
  dismissSubject(subject);
  for (;;) {
    const { view, undoable } = viewStore.getState();
    if (view.datasetId !== id || undoable.length === 0) return;
    undo();
  }
}

/** Shows what a session holds; settles once its texts and its view are on the screen, its vectors coming after them. */
export async function bringSession(session: SessionHead, name: string): Promise<void> {
  const say = (error: unknown) => {
    showNotice({
      tone: 'error',
      subject: 'session not opened',
      headline: `The session of ${name} was not opened as a whole.`,
      text: `${(error as Error).message} What came over is kept; open the file again to go on.`,
    });
  };
  await openSession(session).then(({ arrived }) => void arrived.catch(say), say);
}

/** Takes what came for the data on the screen: a ready map, runs of vectors, or both. */
export async function joinOnScreen(
  table: TableHead,
  dataset: Dataset,
  joined: Dataset | null,
  hasVectors: boolean,
): Promise<void> {
  try {
    if (joined !== null) {
      await showPlaces(joined);
      sayJoined(dataset, joined);
    }
    if (!hasVectors) return;
    await attachVectors(table, dataset);
    await importVectors(dataset, table.vectors);
  } catch (error) {
    showNotice({
      tone: 'error',
      subject: 'vectors not added',
      headline: `What ${table.name} holds was not added as a whole.`,
      text: `${(error as Error).message} What was on the screen is kept.`,
    });
  }
}

/**
 * Shows new data instead of the old, says so, and offers the way back; vectors that came with it become runs. A set that is
 * added to others has none: vectors belong to a whole dataset.
 */
export async function bringOnScreen(
  dataset: Dataset,
  mode: Exclude<ImportMode, 'join'>,
  vectors: readonly VectorHead[],
): Promise<void> {
  const before = viewStore.getState().view.datasetId;
  if (mode === 'replace') await openDataset(dataset, 'Replace data', vectors);
  else await openDataset(dataset, 'Add a set');
  const keptMap = describeKeptMap(dataset);
  if (before === dataset.id) {
    if (keptMap !== null) sayMap('These data were on the screen already.', keptMap);
    return;
  }
  // What it says holds while that data is on the screen, and is old news after a while.
  const leave = () => {
    dismissSubject(subject);
    unsubscribe();
    clearTimeout(timer);
  };
  const timer = setTimeout(leave, shownMs);
  const unsubscribe = viewStore.subscribe(({ view }) => {
    if (view.datasetId !== dataset.id) leave();
  });
  showNotice({
    tone: 'info',
    subject,
    headline:
      dataset.sets.length === 1
        ? `${countOf(dataset.rowCount, 'row')} of ${dataset.name} ${dataset.rowCount === 1 ? 'is' : 'are'} on the screen.`
        : `${countOf(dataset.rowCount, 'row')} in ${countOf(dataset.sets.length, 'set')} are on the screen.`,
    text: [keptMap, 'The earlier data is kept; Undo brings it back.']
      .filter((words) => words !== null)
      .join(' '),
    action: { label: 'Undo', run: () => undoDataset(dataset.id) },
  });
}
